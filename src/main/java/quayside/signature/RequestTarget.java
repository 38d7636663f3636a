package quayside.signature;

import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The request target of a callback as the request line has it, and the decoded path that OSS
 * signed.
 *
 * <p>OSS signs {@code decoded path [? raw query] LF body} without lengths, so different targets can
 * share one signature. Refused therefore, as far as the path goes: encoded separators ({@code %3F
 * %23 %2F %5C}) and encoded control characters ({@code %00-%1F %7F}), with which a replayer could
 * move bytes between path, query and body or steer a captured callback to another route. Other
 * escapes are decoded once; {@code +} stays {@code +}. The query is never decoded. A bare {@code ?}
 * at the end counts as no query; what OSS signs there is not known.
 *
 * @param path the raw path
 * @param query what follows the first question mark, raw; null when that is nothing
 * @param decodedPath the bytes of the path after percent decoding
 */
public record RequestTarget(String path, @Nullable String query, Bytes decodedPath) {
  private static final BitSet SEPARATORS = new BitSet();

  static {
    "?#/\\".chars().forEach(SEPARATORS::set);
  }

  /** Reads a raw request target. */
  public static RequestTarget parse(String raw) throws SignatureRefusedException {
    if (!raw.startsWith("/")) {
      throw new SignatureRefusedException(SignatureRefusal.TARGET_NOT_ORIGIN_FORM);
    }
    if (raw.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new SignatureRefusedException(SignatureRefusal.TARGET_NOT_PRINTABLE);
    }
    if (raw.indexOf('#') >= 0) {
      throw new SignatureRefusedException(SignatureRefusal.TARGET_AMBIGUOUS);
    }
    String path = rawPath(raw);
    String query = raw.length() > path.length() + 1 ? raw.substring(path.length() + 1) : null;
    return new RequestTarget(path, query, decode(path));
  }

  /** The part of a raw request target before the first question mark. */
  public static String rawPath(String raw) {
    int end = raw.indexOf('?');
    return end < 0 ? raw : raw.substring(0, end);
  }

  private static Bytes decode(String path) throws SignatureRefusedException {
    if (path.indexOf('%') < 0) {
      return Bytes.utf8(path);
    }
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        decoded.write(escape(path, i));
        i += 2;
      } else {
        decoded.write(c);
      }
    }
    return Bytes.copyOf(decoded.toByteArray());
  }

  private static int escape(String path, int position) throws SignatureRefusedException {
    int octet = PercentCoding.octet(path, position);
    if (octet < 0) {
      throw new SignatureRefusedException(SignatureRefusal.TARGET_BAD_ESCAPE);
    }
    if (octet < ' ' || octet == 0x7F || SEPARATORS.get(octet)) {
      throw new SignatureRefusedException(SignatureRefusal.TARGET_AMBIGUOUS);
    }
    return octet;
  }
}
