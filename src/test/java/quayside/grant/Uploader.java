package quayside.grant;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** Uploads with nothing but a grant, as it is or changed. */
@NullUnmarked // A null where none belongs fails the test.
final class Uploader {
  private static final String BOUNDARY = "----quayside";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Uploader() {}

  /** A form with these fields changed; by {@code PUT}, as granted. */
  static HttpResponse<String> upload(
      IssuedGrant grant, Map<String, String> changes, String content, String type)
      throws Exception {
    if (grant.method() == UploadMethod.PUT) {
      return put(grant.url(), grant.headers().get("content-type"), content);
    }
    Map<String, String> fields = new LinkedHashMap<>(grant.fields());
    fields.putAll(changes);
    HttpRequest form =
        HttpRequest.newBuilder(URI.create(grant.url()))
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofString(multipart(fields, content, type)))
            .build();
    return CLIENT.send(form, BodyHandlers.ofString());
  }

  static HttpResponse<String> put(String url, String type, String content) throws Exception {
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", type)
            .PUT(BodyPublishers.ofString(content))
            .build();
    return CLIENT.send(put, BodyHandlers.ofString());
  }

  private static String multipart(Map<String, String> fields, String content, String type) {
    StringBuilder body = new StringBuilder();
    fields.forEach((name, value) ->
        body.append(
            "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                .formatted(BOUNDARY, name, value)));
    return body.append(
            "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cat.png\"\r\nContent-Type: %s\r\n\r\n%s\r\n--%s--\r\n"
                .formatted(BOUNDARY, type, content, BOUNDARY))
        .toString();
  }
}
