package quayside.laptop.oss.callback;

/** How a callback ended. */
public sealed interface CallbackOutcome {

  /** The receiver's answer, to be handed to the uploader as it is. Immutable. */
  final class Delivered implements CallbackOutcome {
    private final String contentType;
    private final byte[] body;

    Delivered(String contentType, byte[] body) {
      this.contentType = contentType;
      this.body = body.clone();
    }

    public String contentType() {
      return contentType;
    }

    public byte[] body() {
      return body.clone();
    }
  }

  /**
   * No acceptable answer; the object stays, the uploader gets {@code 203 CallbackFailed}.
   *
   * @param message one of the documented messages (1.8)
   * @param ec the service's error code, empty where none is published
   */
  record Failed(String message, String ec) implements CallbackOutcome {

    /**
     * The receiver answered with another status than 200, or something stood in for such an answer.
     */
    static Failed status(int status) {
      return new Failed("Error status : " + status + ".", "0007-00000203");
    }

    static Failed notJson() {
      return new Failed("Response body is not valid json format.", "0007-00000205");
    }

    static Failed contentLength(String what) {
      return new Failed(
          "Error status : 400.User server return " + what + " content-length value.", "");
    }

    static Failed unreachable() {
      return new Failed(
          "Error status : -1.OSS can not connect to your callbackUrl, please check it.", "");
    }

    static Failed timeout(String address, long costMillis, long limitMillis) {
      return new Failed(
          "Error status : -1 %s reply timeout, cost:%dms, timeout:%dms."
              .formatted(address, costMillis, limitMillis),
          "");
    }
  }
}
