package quayside.bench.load;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The bucket {@code uploads} of the OSS stand-in, by presigned URLs. Used by one thread. */
public final class Bucket implements AutoCloseable {
  private static final String TYPE = "image/jpeg";

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI endpoint;

  /** At an endpoint. */
  public Bucket(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Stores a JPEG; returns what an event says of it. */
  public Uploads.Upload put(String key, byte[] content) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(presigned(key))
            .header("Content-Type", TYPE)
            .timeout(Duration.ofMinutes(1))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the bucket answers " + answer.statusCode() + " " + answer.body());
    }
    return new Uploads.Upload(key, etag(content), content.length, true);
  }

  @Override
  public void close() {
    client.close();
  }

  private URI presigned(String key) {
    long expires = Instant.now().getEpochSecond() + 600;
    String text = "PUT\n\n%s\n%d\n/uploads/%s".formatted(TYPE, expires, key);
    return endpoint.resolve(
        "/uploads/%s?OSSAccessKeyId=local&Expires=%d&Signature=%s"
            .formatted(key, expires, URLEncoder.encode(sign(text), StandardCharsets.US_ASCII)));
  }

  private static String sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec("local-secret".getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }

  private static String etag(byte[] content) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(content))
          .toUpperCase(Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
