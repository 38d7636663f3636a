package quayside.operate.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import quayside.signature.Bytes;
import quayside.signature.KeyRing;

/**
 * A capture as JSON: {@code {"method", "path", "query", "headers": {name: value or [values]},
 * "body" or "bodyBase64"}}, or {@code "target"} for path and query in one; or several of them under
 * {@code "vectors"}. A capture without {@code headers} may have {@code "authorization"} alone; it
 * is taken to name the published key.
 */
final class JsonCapture {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              new com.fasterxml.jackson.core.JsonFactoryBuilder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(20)
                          .maxStringLength(ExplainLimits.CAPTURE_BYTES)
                          .build())
                  .build())
          .build();

  private JsonCapture() {}

  static List<Capture> read(byte[] text) throws UnreadableCaptureException {
    JsonNode json = parse(text);
    if (!json.has("vectors")) {
      return List.of(capture(json));
    }
    List<Capture> captures = new ArrayList<>();
    for (JsonNode vector : json.get("vectors")) {
      if (captures.size() == ExplainLimits.CAPTURES) {
        throw new UnreadableCaptureException(
            "\"vectors\" has more than " + ExplainLimits.CAPTURES + " captures");
      }
      captures.add(capture(vector));
    }
    if (captures.isEmpty()) {
      throw new UnreadableCaptureException("\"vectors\" is empty");
    }
    return captures;
  }

  private static JsonNode parse(byte[] text) throws UnreadableCaptureException {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UnreadableCaptureException(
          "the capture is not JSON, line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
              + ": "
              + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UnreadableCaptureException("the capture is not UTF-8");
    }
  }

  private static Capture capture(JsonNode json) throws UnreadableCaptureException {
    String target = text(json, "target", text(json, "path", ""));
    String query = text(json, "query", "");
    if (target.isEmpty()) {
      throw new UnreadableCaptureException("\"path\" or \"target\" is missing");
    }
    return new Capture(
        text(json, "name", ""),
        text(json, "method", "POST"),
        query.isEmpty() ? target : target + "?" + query,
        headers(json),
        body(json));
  }

  private static Bytes body(JsonNode json) throws UnreadableCaptureException {
    String base64 = text(json, "bodyBase64", "");
    if (base64.isEmpty()) {
      return Bytes.utf8(text(json, "body", ""));
    }
    try {
      return Bytes.copyOf(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new UnreadableCaptureException("\"bodyBase64\" is not Base64");
    }
  }

  private static List<Capture.Header> headers(JsonNode json) throws UnreadableCaptureException {
    List<Capture.Header> headers = new ArrayList<>();
    JsonNode given = json.path("headers");
    if (given.isMissingNode() || given.isNull()) {
      String authorization = text(json, "authorization", "");
      if (!authorization.isEmpty()) {
        headers.add(new Capture.Header("Authorization", authorization));
      }
      headers.add(new Capture.Header("x-oss-pub-key-url", publishedKey()));
      return headers;
    }
    if (!given.isObject()) {
      throw new UnreadableCaptureException("\"headers\" must be an object");
    }
    for (Map.Entry<String, JsonNode> header : given.properties()) {
      Iterable<JsonNode> values =
          header.getValue().isArray() ? header.getValue() : List.of(header.getValue());
      for (JsonNode value : values) {
        if (!value.isValueNode()) {
          throw new UnreadableCaptureException(
              "header \"" + header.getKey() + "\" must be text or a list of texts");
        }
        headers.add(new Capture.Header(header.getKey(), value.asText()));
      }
    }
    return headers;
  }

  private static String publishedKey() {
    byte[] url = KeyRing.OSS_URLS.getFirst().getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(url);
  }

  private static String text(JsonNode json, String field, String otherwise)
      throws UnreadableCaptureException {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw new UnreadableCaptureException("\"" + field + "\" must be text");
    }
    return value.asText();
  }
}
