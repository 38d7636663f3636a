package quayside.operate.explain;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;
import quayside.signature.PercentCoding;

/** The bodies that OSS may have signed, given the one that arrived. Used by one thread. */
final class BodyVariants {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Bytes body;
  private final @Nullable String text;
  private final Variants variants;

  private BodyVariants(Bytes body) {
    this.body = body;
    this.text = PercentCoding.strictUtf8(body.toArray());
    this.variants = new Variants(body);
  }

  static Variants of(Capture capture, Hints hints) {
    BodyVariants bodies = new BodyVariants(capture.body());
    for (Bytes hint : hints.bodies()) {
      bodies.variants.add(hint, new Change(Accident.BODY_REPLACED, "OSS sent the body you gave"));
    }
    bodies.contentLength(capture);
    bodies.charsets();
    if (bodies.text != null) {
      bodies.ends(bodies.text);
      bodies.fields(bodies.text, hints.fieldOrders());
    }
    return bodies.variants;
  }

  private void contentLength(Capture capture) {
    List<String> lengths = capture.all("content-length");
    if (lengths.size() == 1 && lengths.getFirst().matches("\\d{1,9}")) {
      int announced = Integer.parseInt(lengths.getFirst());
      if (announced < body.length()) {
        Bytes cut = Bytes.copyOf(Arrays.copyOf(body.toArray(), announced));
        String detail = "the body ends after Content-Length, " + announced + " bytes";
        variants.add(cut, new Change(Accident.BODY_LONGER, detail));
      }
    }
    variants.add(
        ChunkedText.content(body.toArray()),
        new Change(Accident.BODY_CHUNKED, "OSS sent the content of the chunks"));
  }

  private void charsets() {
    if (text == null) {
      for (String charset : List.of("GBK", "windows-1252", "ISO-8859-1")) {
        String decoded = decoded(charset);
        add(Accident.BODY_CHARSET, decoded, "OSS sent UTF-8; " + charset + " arrived");
      }
      return;
    }
    for (String charset : List.of("ISO-8859-1", "windows-1252", "GBK")) {
      if (Charset.isSupported(charset) && Charset.forName(charset).newEncoder().canEncode(text)) {
        Bytes encoded = Bytes.copyOf(text.getBytes(Charset.forName(charset)));
        String detail = "the bytes OSS sent were read as " + charset + " and written as UTF-8";
        variants.add(encoded, new Change(Accident.BODY_CHARSET, detail));
      }
    }
  }

  private @Nullable String decoded(String charset) {
    return Charset.isSupported(charset)
        ? new String(body.toArray(), Charset.forName(charset))
        : null;
  }

  private void ends(String received) {
    String stripped = received.stripTrailing();
    String unmarked = received.startsWith(BYTE_ORDER_MARK) ? received.substring(1) : null;
    add(Accident.BODY_NEWLINE_ADDED, chomp(received), "OSS sent the body without the line end");
    add(Accident.BODY_NEWLINE_ADDED, stripped, "OSS sent the body without white space at its end");
    add(
        Accident.BODY_NEWLINE_ADDED,
        received.strip(),
        "OSS sent the body without white space around it");
    add(Accident.BODY_BYTE_ORDER_MARK, unmarked, "OSS sent no byte order mark");
    add(Accident.BODY_BYTE_ORDER_MARK, BYTE_ORDER_MARK + received, "OSS sent a byte order mark");
    for (String end : List.of("\n", "\r\n", "\r", " ", "\n\n", "\r\n\r\n", "\u0000")) {
      String name = end.replace("\r", "CR ").replace("\n", "LF ").replace(" ", "space ").strip();
      add(Accident.BODY_TRIMMED, received + end, "OSS sent a " + name + " after the body");
      add(Accident.BODY_TRIMMED, end + received, "OSS sent a " + name + " before the body");
    }
    add(Accident.BODY_LINE_ENDS, received.replace("\r\n", "\n"), "OSS sent LF where CR LF arrived");
    add(
        Accident.BODY_LINE_ENDS,
        received.replace("\r\n", "\n").replace("\n", "\r\n"),
        "OSS sent CR LF where LF arrived");
  }

  // Writing fields again drops what stands around them, so that the trimmed text serves for both.
  private void fields(String received, List<List<String>> orders) {
    if (body.length() == 0 || body.length() > ExplainLimits.STRUCTURED_BODY_BYTES) {
      return;
    }
    String trimmed = received.strip();
    List<Change> around = new ArrayList<>();
    if (!trimmed.equals(received)) {
      around.add(
          new Change(Accident.BODY_NEWLINE_ADDED, "OSS sent no white space around the body"));
    }
    if (trimmed.startsWith("{")) {
      new JsonVariants(trimmed, around, orders, variants).add();
    } else if (trimmed.indexOf('=') > 0) {
      new FormVariants(trimmed, around, orders, variants).add();
    }
  }

  private static @Nullable String chomp(String text) {
    if (!text.endsWith("\n")) {
      return null;
    }
    return text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
  }

  private void add(Accident accident, @Nullable String value, String detail) {
    Bytes bytes = value == null ? null : Bytes.copyOf(value.getBytes(StandardCharsets.UTF_8));
    variants.add(bytes, new Change(accident, detail));
  }
}
