package quayside.laptop.oss;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Callback parameters as uploaders write them: JSON in Base64. */
final class CallbackParameters {
  private CallbackParameters() {}

  /** Asks for a form body by this template. */
  static String callback(String url, String template) {
    return base64("{\"callbackUrl\":\"%s\",\"callbackBody\":\"%s\"}".formatted(url, template));
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
