package quayside.console.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the page.
 *
 * @param name as the sources have it, such as {@code main.js}
 * @param mediaType what browsers take it for
 * @param content its bytes; not to be changed
 * @param compressed the same with gzip; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Asset(String name, String mediaType, byte[] content, byte[] compressed) {

  /** With its compressed form. */
  static Asset of(String name, byte[] content) {
    return new Asset(name, mediaTypeOf(name), content, gzip(content));
  }

  /** Changes with the content. */
  String hash() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, 16);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** The name it is served under: {@code main-0123456789abcdef.js}. */
  String hashedName() {
    int dot = name.lastIndexOf('.');
    return name.substring(0, dot) + "-" + hash() + name.substring(dot);
  }

  private static String mediaTypeOf(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "js" -> "text/javascript;charset=UTF-8";
      case "css" -> "text/css;charset=UTF-8";
      case "html" -> "text/html;charset=UTF-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException(name + " is of a kind nobody has thought of");
    };
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return compressed.toByteArray();
  }
}
