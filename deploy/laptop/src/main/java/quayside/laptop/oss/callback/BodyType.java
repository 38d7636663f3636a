package quayside.laptop.oss.callback;

/**
 * {@code callbackBodyType}: the callback's Content-Type and, with it, how variables are written
 * (1.5).
 */
enum BodyType {
  FORM("application/x-www-form-urlencoded"),
  JSON("application/json");

  private final String contentType;

  BodyType(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }
}
