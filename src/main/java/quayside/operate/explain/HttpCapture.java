package quayside.operate.explain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quayside.signature.Bytes;
import quayside.signature.PercentCoding;

/**
 * A request as it goes over the wire: request line, headers, empty line, body. Lines end in CRLF or
 * LF; everything after the empty line is the body. Used by one thread, once.
 */
final class HttpCapture {
  private static final Pattern REQUEST_LINE =
      Pattern.compile("([A-Z]{1,20}) (.+?)(?: HTTP/\\d(?:\\.\\d)?)?");

  private final byte[] text;
  private int position;
  private int line;

  private HttpCapture(byte[] text) {
    this.text = text;
  }

  static Capture read(byte[] text) throws UnreadableCaptureException {
    return new HttpCapture(text).capture();
  }

  private Capture capture() throws UnreadableCaptureException {
    Matcher request = REQUEST_LINE.matcher(nextLine());
    if (!request.matches()) {
      throw new UnreadableCaptureException(
          "line 1 is neither the brace of a JSON capture nor a request line"
              + " such as: POST /oss/callback?x=1 HTTP/1.1");
    }
    List<Capture.Header> headers = headers();
    Bytes body = Bytes.copyOf(Arrays.copyOfRange(text, position, text.length));
    return new Capture("", request.group(1), request.group(2), headers, body);
  }

  private List<Capture.Header> headers() throws UnreadableCaptureException {
    List<Capture.Header> headers = new ArrayList<>();
    while (position < text.length) {
      String header = nextLine();
      if (header.isEmpty()) {
        return headers;
      }
      int colon = header.indexOf(':');
      if (colon <= 0 || headers.size() == ExplainLimits.HEADERS) {
        throw new UnreadableCaptureException(
            "line "
                + line
                + " is not a header (name: value), or there are too many; an empty line"
                + " must stand between headers and body");
      }
      headers.add(
          new Capture.Header(
              header.substring(0, colon).strip(), header.substring(colon + 1).strip()));
    }
    return headers;
  }

  private String nextLine() {
    int end = position;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    int length = end > position && text[end - 1] == '\r' ? end - 1 : end;
    byte[] content = Arrays.copyOfRange(text, position, length);
    position = Math.min(end + 1, text.length);
    line++;
    String utf8 = PercentCoding.strictUtf8(content);
    return utf8 == null ? new String(content, StandardCharsets.ISO_8859_1) : utf8;
  }
}
