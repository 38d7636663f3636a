package quayside.grant.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What OSS makes of a callback parameter, by the rules of its documentation and of captured
 * callbacks.
 */
final class OssExpansion {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final Set<String> NUMBERS =
      Set.of("size", "imageInfo.height", "imageInfo.width", "crc64");
  private static final ObjectMapper JSON = new ObjectMapper();

  private OssExpansion() {}

  static JsonNode decode(String base64) {
    try {
      return JSON.readTree(Base64.getDecoder().decode(base64));
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The body that arrives, given the values of system and custom variables. */
  static String body(String callbackParameter, Map<String, String> values) {
    JsonNode callback = decode(callbackParameter);
    boolean json = callback.get("callbackBodyType").asText().equals("application/json");
    String template = callback.get("callbackBody").asText();
    return VARIABLE
        .matcher(template)
        .replaceAll(
            match -> Matcher.quoteReplacement(json ? json(match, values) : form(match, values)));
  }

  private static String form(MatchResult match, Map<String, String> values) {
    String value = values.getOrDefault(match.group(1), "");
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String json(MatchResult match, Map<String, String> values) {
    String name = match.group(1);
    if (!values.containsKey(name)) {
      return "null";
    }
    try {
      return NUMBERS.contains(name) ? values.get(name) : JSON.writeValueAsString(values.get(name));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
