package quayside.sink;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An object's name in a path of the API, exactly as the client sent it. The framework's path
 * parameters do not do: they are cut from a normalised path, in which {@code a//b} and {@code
 * a/../b} have become other keys.
 *
 * @param bucket bucket name
 * @param key object key, decoded
 */
public record ObjectPath(String bucket, String key) {
  private static final String OBJECTS = "/api/objects/";

  /**
   * The object that a request target names: everything after the bucket's slash and before the
   * suffix and the query is the key, its slashes encoded or not. Empty when it names none.
   *
   * @param suffix what follows the key, such as {@code /timeline}; may be empty
   */
  public static Optional<ObjectPath> parse(String requestTarget, String suffix) {
    return parse(requestTarget, OBJECTS, suffix);
  }

  /**
   * The same, of another resource.
   *
   * @param resource what comes before the bucket, with a slash at both ends
   */
  public static Optional<ObjectPath> parse(String requestTarget, String resource, String suffix) {
    int query = requestTarget.indexOf('?');
    String path = query < 0 ? requestTarget : requestTarget.substring(0, query);
    int bucket = path.indexOf(resource) + resource.length();
    int slash = path.indexOf('/', bucket);
    int end = path.length() - suffix.length();
    if (bucket < resource.length() || slash < 0 || slash >= end || !path.endsWith(suffix)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ObjectPath(
              decode(path.substring(bucket, slash)), decode(path.substring(slash + 1, end))));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  // As Latin-1, the decoder yields the bytes; only then is it seen whether they are UTF-8. A plus
  // sign is itself in a path.
  private static String decode(String encoded) throws CharacterCodingException {
    byte[] bytes =
        URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
            .getBytes(StandardCharsets.ISO_8859_1);
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
