package quayside.operate.explain;

import java.util.Arrays;
import java.util.List;
import quayside.signature.Bytes;

/**
 * Reads captures: JSON when the text begins with a brace, else HTTP as it goes over the wire.
 * Stateless.
 */
public final class CaptureReader {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private CaptureReader() {}

  /**
   * The requests in a capture, at least one.
   *
   * @throws UnreadableCaptureException when there is none, or it is larger than is accepted
   */
  static List<Capture> read(byte[] capture) throws UnreadableCaptureException {
    if (capture.length > ExplainLimits.CAPTURE_BYTES) {
      throw new UnreadableCaptureException(
          "the capture has more than " + ExplainLimits.CAPTURE_BYTES + " bytes");
    }
    byte[] content = withoutByteOrderMark(capture);
    int start = 0;
    while (start < content.length && Character.isWhitespace(content[start])) {
      start++;
    }
    if (start == content.length) {
      throw new UnreadableCaptureException("the capture is empty");
    }
    byte[] text = Arrays.copyOfRange(content, start, content.length);
    List<Capture> captures =
        text[0] == '{' ? JsonCapture.read(text) : List.of(HttpCapture.read(text));
    for (Capture each : captures) {
      check(each);
    }
    return captures;
  }

  private static void check(Capture capture) throws UnreadableCaptureException {
    if (capture.target().length() > ExplainLimits.TARGET_LENGTH) {
      throw new UnreadableCaptureException(
          "the request target has more than " + ExplainLimits.TARGET_LENGTH + " characters");
    }
    if (capture.headers().size() > ExplainLimits.HEADERS) {
      throw new UnreadableCaptureException(
          "there are more than " + ExplainLimits.HEADERS + " headers");
    }
    Bytes body = capture.body();
    if (body.length() > ExplainLimits.BODY_BYTES) {
      throw new UnreadableCaptureException(
          "the body has more than " + ExplainLimits.BODY_BYTES + " bytes");
    }
  }

  private static byte[] withoutByteOrderMark(byte[] text) {
    boolean marked = text.length >= 3 && Arrays.equals(text, 0, 3, BYTE_ORDER_MARK, 0, 3);
    return marked ? Arrays.copyOfRange(text, 3, text.length) : text;
  }
}
