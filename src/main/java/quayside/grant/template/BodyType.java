package quayside.grant.template;

/** How OSS writes the callback body, and escapes the variables in it. */
public enum BodyType {
  /** Every value percent-encoded: safe for any key and any value. */
  FORM("application/x-www-form-urlencoded"),
  /** Strings with their quotation marks, bare numbers, {@code null} for what is not set. */
  JSON("application/json");

  private final String mediaType;

  BodyType(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /** One field whose value OSS fills in. */
  String variable(String name, String variable) {
    return switch (this) {
      case FORM -> name + "=${" + variable + "}";
      case JSON -> "\"" + name + "\":${" + variable + "}";
    };
  }

  /** One field whose value is known; neither name nor value may need escaping. */
  String constant(String name, String value) {
    return switch (this) {
      case FORM -> name + "=" + value;
      case JSON -> "\"" + name + "\":\"" + value + "\"";
    };
  }

  /** The body of these fields. */
  String body(Iterable<String> fields) {
    return switch (this) {
      case FORM -> String.join("&", fields);
      case JSON -> "{" + String.join(",", fields) + "}";
    };
  }
}
