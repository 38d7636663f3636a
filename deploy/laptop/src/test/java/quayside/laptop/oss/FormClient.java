package quayside.laptop.oss;

import static quayside.laptop.oss.CallbackParameters.base64;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts forms with a signed policy, written byte by byte as browsers write them. */
final class FormClient implements AutoCloseable {
  private static final String BOUNDARY = "----formdata-undici-089573160254";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String endpoint;

  FormClient(String endpoint) {
    this.endpoint = endpoint;
  }

  /** The fields of a form that may be used for some minutes and under this condition. */
  static Map<String, String> signed(String key, String condition) throws Exception {
    return signed(key, condition, Instant.now().plus(Duration.ofMinutes(5)));
  }

  static Map<String, String> signed(String key, String condition, Instant expiration)
      throws Exception {
    String policy =
        base64("{\"expiration\":\"%s\",\"conditions\":[%s]}".formatted(expiration, condition));
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec("local-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    var fields = new LinkedHashMap<String, String>();
    fields.put("key", key);
    fields.put("policy", policy);
    fields.put("OSSAccessKeyId", "local");
    fields.put(
        "Signature",
        Base64.getEncoder().encodeToString(mac.doFinal(policy.getBytes(StandardCharsets.UTF_8))));
    return fields;
  }

  HttpResponse<String> post(
      String path, Map<String, String> fields, String fileName, String type, String content)
      throws Exception {
    return post(path, form(fields, fileName, type, content, Map.of()));
  }

  HttpResponse<String> post(String path, byte[] body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(endpoint + path))
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** With the fields after the file too; without a file when that has no name. */
  static byte[] form(
      Map<String, String> fields,
      String fileName,
      String type,
      String content,
      Map<String, String> after) {
    var body = new ByteArrayOutputStream();
    fields.forEach((name, value) -> field(body, name, value));
    if (fileName != null) {
      body.writeBytes(
          ("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n%s\r\n"
                  .formatted(BOUNDARY, fileName, type, content))
              .getBytes(StandardCharsets.UTF_8));
    }
    after.forEach((name, value) -> field(body, name, value));
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  private static void field(ByteArrayOutputStream body, String name, String value) {
    body.writeBytes(
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
            .formatted(BOUNDARY, name, value)
            .getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    http.close();
  }
}
