package quayside.laptop.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** PostObject: what a browser's form does. */
final class FormUpload {
  private static final String BOUNDARY = "quayside-demo-boundary";

  private final HttpClient http;

  FormUpload(HttpClient http) {
    this.http = http;
  }

  /** The callback parameter, as the form carries it. */
  static String callbackParameter(Endpoints endpoints) throws IOException {
    Map<String, String> callback = new LinkedHashMap<>();
    callback.put("callbackUrl", endpoints.callback().toString());
    callback.put("callbackBody", CallbackBodies.FORM);
    callback.put("callbackBodyType", "application/x-www-form-urlencoded");
    return Base64.getEncoder().encodeToString(new JsonMapper().writeValueAsBytes(callback));
  }

  /** Posts the form; returns what the callback's receiver answered. */
  String post(Endpoints endpoints, Map<String, String> fields, Sample sample)
      throws IOException, InterruptedException {
    URI bucket = endpoints.oss().resolve("/" + Endpoints.BUCKET);
    HttpRequest request =
        HttpRequest.newBuilder(bucket)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body(fields, sample)))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("OSS answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  private static byte[] body(Map<String, String> fields, Sample sample) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Map.Entry<String, String> field : fields.entrySet()) {
      out.writeBytes(part("name=\"" + field.getKey() + "\"", ""));
      out.writeBytes((field.getValue() + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    out.writeBytes(
        part(
            "name=\"file\"; filename=\"" + sample.file() + "\"",
            "Content-Type: " + sample.mimeType() + "\r\n"));
    out.writeBytes(sample.content());
    out.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static byte[] part(String disposition, String headers) {
    return ("--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; "
            + disposition
            + "\r\n"
            + headers
            + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
