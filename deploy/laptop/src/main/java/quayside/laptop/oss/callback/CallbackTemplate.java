package quayside.laptop.oss.callback;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quayside.laptop.oss.http.Percent;

/**
 * {@code callbackBody}: constants with {@code ${system}} and {@code ${x:custom}} variables (1.4,
 * 1.5). The template's own text is never touched, and the result is not checked to be JSON, because
 * the service does not check it either. Immutable.
 */
final class CallbackTemplate {
  /** System variables, case-sensitive. */
  static final Set<String> SYSTEM_VARIABLES =
      Set.of(
          "bucket",
          "object",
          "etag",
          "size",
          "mimeType",
          "imageInfo.height",
          "imageInfo.width",
          "imageInfo.format",
          "crc64",
          "contentMd5",
          "vpcId",
          "clientIp",
          "reqId",
          "operation");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^{}$]*)}");

  private final List<Segment> segments;

  private CallbackTemplate(List<Segment> segments) {
    this.segments = List.copyOf(segments);
  }

  private sealed interface Segment {
    record Constant(String text) implements Segment {}

    record Variable(String name, boolean insideQuotes) implements Segment {}
  }

  /**
   * Takes a template apart.
   *
   * @throws quayside.laptop.oss.http.OssException for anything with a dollar sign that is not a
   *     known variable
   */
  static CallbackTemplate parse(String template) {
    var segments = new ArrayList<Segment>();
    var quotes = new QuoteTracker();
    Matcher variables = VARIABLE.matcher(template);
    int from = 0;
    while (variables.find()) {
      String constant = constant(template.substring(from, variables.start()));
      quotes.pass(constant);
      segments.add(new Segment.Constant(constant));
      segments.add(new Segment.Variable(known(variables.group(1)), quotes.inside()));
      from = variables.end();
    }
    segments.add(new Segment.Constant(constant(template.substring(from))));
    return new CallbackTemplate(segments);
  }

  private static String constant(String text) {
    if (text.indexOf('$') >= 0) {
      throw CallbackError.BODY.refusal("$ must begin a variable such as ${object}.");
    }
    return text;
  }

  private static String known(String name) {
    if (!SYSTEM_VARIABLES.contains(name) && !(name.startsWith("x:") && name.length() > 2)) {
      throw CallbackError.BODY.refusal("There is no variable ${" + name + "}.");
    }
    return name;
  }

  /**
   * Writes the body; {@code values} answers every name, with {@link Value#UNSET} where there is
   * none.
   */
  String expand(BodyType type, Function<String, Value> values) {
    var body = new StringBuilder();
    for (Segment segment : segments) {
      switch (segment) {
        case Segment.Constant constant -> body.append(constant.text());
        case Segment.Variable variable ->
            body.append(
                switch (type) {
                  case FORM -> form(values.apply(variable.name()));
                  case JSON -> json(values.apply(variable.name()), variable.insideQuotes());
                });
      }
    }
    return body.toString();
  }

  private static String form(Value value) {
    return switch (value) {
      case Value.Text text -> Percent.encode(text.text());
      case Value.Digits digits -> digits.digits();
      case Value.Unset _ -> "";
    };
  }

  private static String json(Value value, boolean insideQuotes) {
    return switch (value) {
      case Value.Text text -> insideQuotes ? text.text() : JsonText.quote(text.text());
      case Value.Digits digits -> digits.digits();
      case Value.Unset _ -> insideQuotes ? "" : "null";
    };
  }

  /**
   * Follows the template's own quotation marks, to know whether a variable stands inside a JSON
   * string.
   */
  private static final class QuoteTracker {
    private boolean inside;

    void pass(String constant) {
      boolean escaped = false;
      for (char c : constant.toCharArray()) {
        if (c == '"' && !escaped) {
          inside = !inside;
        }
        escaped = inside && c == '\\' && !escaped;
      }
    }

    boolean inside() {
      return inside;
    }
  }
}
