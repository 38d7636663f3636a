package quayside.operate.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import quayside.signature.KeyRing;
import quayside.signature.PublicKey;

/**
 * A callback as OSS sends it but for the signature, which is made of zeros: Quayside refuses it
 * with a reason of its own, anybody else in some other way. Publishes nothing.
 */
final class Probe {
  /** What Quayside answers to a callback that reached it unharmed. */
  static final String EXPECTED_REASON = "signature-mismatch";

  private static final String BODY = "bucket=quayside-doctor&object=probe&size=0";
  private static final String USER_AGENT = "quayside-doctor";

  private Probe() {}

  static HttpReply send(Wire wire, Endpoint endpoint, String version) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Connection", "close");
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    headers.put("User-Agent", USER_AGENT);
    headers.put("Authorization", base64(new byte[PublicKey.BYTES]));
    headers.put(
        "x-oss-pub-key-url",
        base64(KeyRing.OSS_URLS.getFirst().getBytes(StandardCharsets.US_ASCII)));
    headers.put("x-oss-signature-version", "1.0");
    headers.put("x-oss-tag", "CALLBACK");
    return wire.post(endpoint, version, headers, BODY);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
