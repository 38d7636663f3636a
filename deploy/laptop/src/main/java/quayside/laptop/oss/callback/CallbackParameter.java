package quayside.laptop.oss.callback;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The callback parameter (1.2), valid.
 *
 * @param targets one to five, to be tried in order
 * @param host value of the Host header, or empty for the target's own host
 * @param template the body
 * @param bodyType content type and escaping rule
 * @param sni whether to name the server in the TLS handshake
 */
record CallbackParameter(
    List<CallbackTarget> targets,
    Optional<String> host,
    CallbackTemplate template,
    BodyType bodyType,
    boolean sni) {
  private static final int MAX_TARGETS = 5;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+(:[0-9]{1,5})?");

  CallbackParameter {
    targets = List.copyOf(targets);
  }

  /**
   * Reads base64 of the JSON object.
   *
   * @return empty when it names no URL, which means "no callback"
   * @throws quayside.laptop.oss.http.OssException see {@link CallbackError}
   */
  static Optional<CallbackParameter> parse(String encoded) {
    Base64Json.requireShort(encoded, CallbackError.TOO_LONG);
    JsonNode json = Base64Json.parse(encoded, CallbackError.NOT_BASE64, CallbackError.NOT_JSON);
    if (!json.isObject()) {
      throw CallbackError.NOT_JSON.refusal();
    }
    if (json.has("callbackPolicy")) {
      throw CallbackError.POLICY.refusal();
    }
    requireVersion1(json);
    List<CallbackTarget> targets = targets(json.path("callbackUrl"));
    if (targets.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CallbackParameter(
            targets,
            host(json.path("callbackHost")),
            template(json.path("callbackBody")),
            bodyType(json.path("callbackBodyType")),
            sni(json.path("callbackSNI"))));
  }

  private static void requireVersion1(JsonNode json) {
    JsonNode version = json.path("signatureVersion");
    if (version.isMissingNode() || version.asText().equals("1.0") && version.isTextual()) {
      if (json.has("additionalHeaders")) {
        throw CallbackError.ADDITIONAL_HEADERS_BETA.refusal();
      }
      return;
    }
    throw version.isTextual() && version.asText().equals("2.0")
        ? beta(json.path("additionalHeaders"))
        : CallbackError.SIGNATURE_VERSION.refusal();
  }

  /**
   * Version 2.0 is refused either way; bad header names are reported as the service reports them.
   */
  private static quayside.laptop.oss.http.OssException beta(JsonNode headers) {
    boolean valid =
        headers.isMissingNode()
            || headers.isObject()
                && headers.size() <= 10
                && headers.properties().stream()
                    .allMatch(
                        h -> h.getKey().matches("[0-9a-z-]+") && !h.getKey().startsWith("x-oss-"));
    return valid
        ? CallbackError.SIGNATURE_VERSION_BETA.refusal()
        : CallbackError.ADDITIONAL_HEADERS.refusal();
  }

  private static List<CallbackTarget> targets(JsonNode urls) {
    if (urls.isMissingNode()) {
      return List.of();
    }
    if (!urls.isTextual()) {
      throw CallbackError.URL.refusal();
    }
    var targets = new ArrayList<CallbackTarget>();
    for (String url : urls.asText().split(";")) {
      if (!url.isBlank()) {
        targets.add(CallbackTarget.parse(url.strip()));
      }
    }
    if (targets.size() > MAX_TARGETS) {
      throw CallbackError.TOO_MANY_URLS.refusal();
    }
    return targets;
  }

  private static Optional<String> host(JsonNode host) {
    if (host.isMissingNode() || host.isTextual() && host.asText().isEmpty()) {
      return Optional.empty();
    }
    if (!host.isTextual() || !HOST.matcher(host.asText()).matches()) {
      throw CallbackError.HOST.refusal();
    }
    return Optional.of(host.asText());
  }

  private static CallbackTemplate template(JsonNode body) {
    if (body.isMissingNode() || body.isTextual() && body.asText().isEmpty()) {
      throw CallbackError.BODY_EMPTY.refusal();
    }
    if (!body.isTextual()) {
      throw CallbackError.BODY.refusal();
    }
    return CallbackTemplate.parse(body.asText());
  }

  private static BodyType bodyType(JsonNode type) {
    if (type.isMissingNode()) {
      return BodyType.FORM;
    }
    for (BodyType known : BodyType.values()) {
      if (type.isTextual() && type.asText().equals(known.contentType())) {
        return known;
      }
    }
    throw CallbackError.BODY_TYPE.refusal();
  }

  private static boolean sni(JsonNode sni) {
    if (!sni.isMissingNode() && !sni.isBoolean()) {
      throw CallbackError.SNI.refusal();
    }
    return sni.asBoolean(false);
  }
}
