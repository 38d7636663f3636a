package quayside.laptop.oss.callback;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a receiver's answer and judges it by the rules of 1.7: status exactly 200, a Content-Length
 * that is there, positive, at most 1 MiB and correct, no chunks, a body of JSON (or XML declared as
 * such). Redirects are not followed.
 */
final class AnswerReader {
  /** The smaller of the two documented limits (1.7). */
  private static final int MAX_BODY_BYTES = 1024 * 1024;

  private static final int MAX_LINE_BYTES = 8 * 1024;
  private static final int MAX_HEADERS = 200;

  private final InputStream in;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /** Reads one answer; an IOException means the receiver broke off or did not speak HTTP. */
  CallbackOutcome read() throws IOException {
    int status = status();
    while (status >= 100 && status < 200) {
      headers();
      status = status();
    }
    Map<String, String> headers = headers();
    if (status != 200) {
      return CallbackOutcome.Failed.status(status);
    }
    String length = headers.get("content-length");
    if (length == null || headers.containsKey("transfer-encoding")) {
      return CallbackOutcome.Failed.contentLength("no");
    }
    if (!length.matches("[0-9]{1,18}") || Long.parseLong(length) == 0) {
      return CallbackOutcome.Failed.contentLength("invalid");
    }
    if (Long.parseLong(length) > MAX_BODY_BYTES) {
      return CallbackOutcome.Failed.contentLength("too long");
    }
    return body(Integer.parseInt(length), headers.getOrDefault("content-type", "application/json"));
  }

  private CallbackOutcome body(int length, String contentType) throws IOException {
    byte[] body = in.readNBytes(length);
    boolean more = body.length == length && in.available() > 0;
    if (body.length < length || more) {
      return CallbackOutcome.Failed.contentLength("invalid");
    }
    boolean xml = contentType.toLowerCase(Locale.ROOT).startsWith("application/xml") && isXml(body);
    return xml || JsonText.parse(body).isPresent()
        ? new CallbackOutcome.Delivered(contentType, body)
        : CallbackOutcome.Failed.notJson();
  }

  private static boolean isXml(byte[] body) {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader =
          factory.createXMLStreamReader(new java.io.ByteArrayInputStream(body));
      while (reader.hasNext()) {
        reader.next();
      }
      return true;
    } catch (XMLStreamException e) {
      return false;
    }
  }

  private int status() throws IOException {
    String line = line();
    if (!line.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
      throw new IOException("not an HTTP status line");
    }
    return Integer.parseInt(line, 9, 12, 10);
  }

  /** By lower-case name; a header given twice has both values, which makes two lengths invalid. */
  private Map<String, String> headers() throws IOException {
    var headers = new HashMap<String, String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon <= 0 || headers.size() == MAX_HEADERS) {
        throw new IOException("not an HTTP header");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + "," + b);
    }
    return headers;
  }

  private String line() throws IOException {
    var line = new java.io.ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the answer broke off");
      }
      if (line.size() == MAX_LINE_BYTES) {
        throw new IOException("header line too long");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
