package quayside.laptop.oss.http;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes the small XML documents OSS answers with: element names only, no namespace (the V1 SDK
 * looks elements up without one). Text is escaped; characters XML 1.0 cannot carry become U+FFFD.
 * Not thread-safe.
 */
public final class Xml {
  private final StringBuilder out =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  private final Deque<String> open = new ArrayDeque<>();

  public Xml(String root) {
    open(root);
  }

  public Xml open(String element) {
    open.push(element);
    out.append('<').append(element).append('>');
    return this;
  }

  public Xml close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  public Xml text(String element, Object value) {
    open(element);
    value.toString().codePoints().forEach(this::escaped);
    return close();
  }

  /** Closes every open element and returns the document. */
  public String end() {
    while (!open.isEmpty()) {
      close();
    }
    return out.toString();
  }

  private void escaped(int codePoint) {
    switch (codePoint) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\r' -> out.append("&#13;");
      default -> out.appendCodePoint(isXmlCharacter(codePoint) ? codePoint : 0xFFFD);
    }
  }

  private static boolean isXmlCharacter(int c) {
    return c == '\t'
        || c == '\n'
        || c >= 0x20 && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }
}
