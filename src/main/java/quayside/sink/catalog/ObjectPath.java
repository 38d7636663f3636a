package quayside.sink.catalog;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the object's name from the path exactly as the client sent it. The framework's path
 * parameters do not do: they are cut from a normalised path, in which {@code a//b} and {@code
 * a/../b} have become other keys.
 */
final class ObjectPath {
  private static final String OBJECTS = "/api/objects/";

  private ObjectPath() {}

  /**
   * The object that a request target names: everything after the bucket's slash and before the
   * query is the key, its slashes encoded or not.
   *
   * @throws CatalogRequestException {@link CatalogRefusal#BAD_PATH}
   */
  static ObjectName parse(String requestTarget) {
    int query = requestTarget.indexOf('?');
    String path = query < 0 ? requestTarget : requestTarget.substring(0, query);
    int bucket = path.indexOf(OBJECTS) + OBJECTS.length();
    int slash = path.indexOf('/', bucket);
    if (bucket < OBJECTS.length() || slash < 0) {
      throw new CatalogRequestException(CatalogRefusal.BAD_PATH);
    }
    return new ObjectName(decode(path.substring(bucket, slash)), decode(path.substring(slash + 1)));
  }

  // As Latin-1, the decoder yields the bytes; only then is it seen whether they are UTF-8. A plus
  // sign is itself in a path.
  private static String decode(String encoded) {
    try {
      byte[] bytes =
          URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
              .getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new CatalogRequestException(CatalogRefusal.BAD_PATH, e);
    }
  }
}
