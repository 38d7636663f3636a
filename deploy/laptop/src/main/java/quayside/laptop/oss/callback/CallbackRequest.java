package quayside.laptop.oss.callback;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import quayside.laptop.oss.http.Percent;

/**
 * The bytes of one callback: request line, the headers of 1.6 in the order and case of the recorded
 * traffic, body. Stateless.
 */
final class CallbackRequest {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private CallbackRequest() {}

  /** Who sends callbacks: the signing key, where its public half can be had, and the account. */
  record Sender(SigningKey key, String publicKeyUrl, String ownerId) {}

  static byte[] write(
      CallbackTarget target,
      CallbackParameter parameter,
      Upload upload,
      byte[] body,
      Sender sender,
      Instant now) {
    String head =
        String.join(
            "\r\n",
            "POST " + target.requestTarget() + " HTTP/1.1",
            "Host: " + parameter.host().orElse(target.host()),
            "Connection: close",
            "Content-Length: " + body.length,
            "Authorization: " + sender.key().sign(stringToSign(target, body)),
            "Content-MD5: " + md5(body),
            "Content-Type: " + parameter.bodyType().contentType(),
            "Date: " + HTTP_DATE.format(now),
            "User-Agent: aliyun-oss-callback",
            "x-oss-additional-headers: ",
            "x-oss-bucket: " + upload.object().bucket(),
            "x-oss-owner: " + sender.ownerId(),
            "x-oss-pub-key-url: " + base64(sender.publicKeyUrl().getBytes(StandardCharsets.UTF_8)),
            "x-oss-request-id: " + upload.requestId(),
            "x-oss-requester: " + sender.ownerId(),
            "x-oss-signature-version: 1.0",
            "x-oss-tag: CALLBACK",
            "eagleeye-rpcid: 0.1",
            "",
            "");
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  /**
   * The path's percent sequences decoded (plus signs stay), the query raw, a line feed, the body
   * (1.9).
   */
  static byte[] stringToSign(CallbackTarget target, byte[] body) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Percent.decodeBytes(target.rawPath()));
    if (!target.rawQuery().isEmpty()) {
      bytes.writeBytes(("?" + target.rawQuery()).getBytes(StandardCharsets.UTF_8));
    }
    bytes.write('\n');
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private static String md5(byte[] body) {
    try {
      return base64(MessageDigest.getInstance("MD5").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
