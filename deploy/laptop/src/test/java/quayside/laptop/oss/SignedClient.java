package quayside.laptop.oss;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends V1-signed requests with exactly the headers and query a test wants, path style, to bucket
 * {@code uploads}; its signing is written apart from the production code.
 */
public final class SignedClient implements AutoCloseable {
  /** Parameters of listings are no sub-resources and so not signed. */
  private static final Set<String> LISTING =
      Set.of("list-type", "max-keys", "encoding-type", "prefix", "delimiter");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String endpoint;

  public SignedClient(String endpoint) {
    this.endpoint = endpoint;
  }

  public HttpResponse<String> put(String key, String content, Map<String, String> headers)
      throws Exception {
    return put(key, content.getBytes(StandardCharsets.UTF_8), headers);
  }

  public HttpResponse<String> put(String key, byte[] content, Map<String, String> headers)
      throws Exception {
    return send("PUT", key, content, headers, Map.of());
  }

  public HttpResponse<String> put(
      String key, String content, Map<String, String> headers, Map<String, String> query)
      throws Exception {
    return send("PUT", key, content.getBytes(StandardCharsets.UTF_8), headers, query);
  }

  public HttpResponse<String> get(String key) throws Exception {
    return get(key, Map.of());
  }

  public HttpResponse<String> get(String key, Map<String, String> headers) throws Exception {
    return send("GET", key, new byte[0], headers, Map.of());
  }

  /** Unsigned. */
  public HttpResponse<String> plain(String method, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(endpoint + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<String> send(
      String method,
      String key,
      byte[] content,
      Map<String, String> headers,
      Map<String, String> query)
      throws Exception {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.ofInstant(Instant.now(), ZoneOffset.UTC));
    var signed = new TreeMap<String, String>();
    headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
    signed.put("x-oss-date", date);
    var toSign = new StringBuilder(method).append('\n');
    toSign.append(signed.getOrDefault("content-md5", "")).append('\n');
    toSign.append(signed.getOrDefault("content-type", "")).append('\n').append(date).append('\n');
    signed.forEach(
        (name, value) -> toSign.append(name.startsWith("x-oss-") ? name + ":" + value + "\n" : ""));
    toSign.append("/uploads/").append(key);
    var target = new StringBuilder(endpoint + "/uploads/" + encode(key));
    var subResources = new TreeMap<>(query);
    subResources.keySet().removeAll(LISTING);
    subResources.forEach((name, value) ->
        toSign
            .append(toSign.indexOf("?") < 0 ? '?' : '&')
            .append(name)
            .append(value.isEmpty() ? "" : "=" + value));
    query.forEach((name, value) ->
        target
            .append(target.indexOf("?") < 0 ? '?' : '&')
            .append(name)
            .append('=')
            .append(encode(value)));

    var request =
        HttpRequest.newBuilder(URI.create(target.toString()))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(content));
    signed.forEach(request::header);
    request.header("Authorization", "OSS local:" + sign(toSign.toString()));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String sign(String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec("local-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.close();
  }
}
