package quayside.laptop.oss.callback;

import quayside.laptop.oss.http.OssException;

/**
 * The ways a callback parameter can be wrong; each refuses the upload with {@code 400
 * InvalidArgument} before anything is stored. EC codes are those of the protocol document (1.8) and
 * the service's error code pages; where none is published, none is sent.
 */
enum CallbackError {
  TOO_LONG("callback", "0007-00000001", "The callback parameter is longer than 5 KB."),
  NOT_BASE64("callback", "0007-00000002", "The callback configuration is not base64 encoded."),
  NOT_JSON("callback", "", "The callback configuration is not json format."),
  URL("callback", "0007-00000004", "The callback url configuration is invalid."),
  TOO_MANY_URLS(
      "callback", "0007-00000005", "The callback url configuration has more than 5 urls."),
  PRIVATE_ADDRESS("callback", "0007-00000008", "The callback url is a private address."),
  HOST("callback", "0007-00000009", "The callback host configuration is invalid."),
  BODY("callback", "", "The callback body configuration is invalid."),
  BODY_EMPTY("callback", "0007-00000011", "The callback body configuration is empty."),
  BODY_TYPE("callback", "0007-00000012", "The callback body type configuration is invalid."),
  SNI("callback", "", "The callback SNI configuration is invalid."),
  POLICY("callback", "", "Named bucket callback policies do not exist in this stand-in."),
  SIGNATURE_VERSION("callback", "", "The callback signature version must be 1.0 or 2.0."),
  SIGNATURE_VERSION_BETA(
      "callback",
      "",
      "Callback signature version 2.0 is an undocumented beta of the service; use 1.0."),
  ADDITIONAL_HEADERS(
      "callback", "0007-00000026", "The callback additionalHeaders configuration is invalid."),
  ADDITIONAL_HEADERS_BETA(
      "callback",
      "0007-00000026",
      "additionalHeaders need signature version 2.0, an undocumented beta."),
  MIXED(
      "callback",
      "0007-00000027",
      "Only one of callback header, query parameter or form field may be used."),
  VAR_TOO_LONG("callback-var", "0007-00000101", "The callback-var parameter is longer than 5 KB."),
  VAR_NOT_BASE64("callback-var", "", "The callback-var configuration is not base64 encoded."),
  VAR_NOT_JSON("callback-var", "", "The callback-var configuration is not json format."),
  VAR_SHAPE(
      "callback-var", "", "The callback-var must be a map whose keys begin with x: in lower case.");

  private final String argument;
  private final String ec;
  private final String message;

  CallbackError(String argument, String ec, String message) {
    this.argument = argument;
    this.ec = ec;
    this.message = message;
  }

  OssException refusal() {
    OssException refusal = OssException.invalidArgument(message).with("ArgumentName", argument);
    return ec.isEmpty() ? refusal : refusal.with("EC", ec);
  }

  /** Like {@link #refusal()}, with the part that is wrong appended to the message. */
  OssException refusal(String what) {
    OssException refusal =
        OssException.invalidArgument(message + " " + what).with("ArgumentName", argument);
    return ec.isEmpty() ? refusal : refusal.with("EC", ec);
  }
}
