package quayside.laptop.oss.callback;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The uploader's own variables by name, {@code x:} included (1.3). They reach the receiver only
 * where the template mentions them. Immutable.
 */
record CustomVariables(Map<String, String> byName) {
  static final CustomVariables NONE = new CustomVariables(Map.of());

  private static final String PREFIX = "x:";

  CustomVariables {
    byName = Map.copyOf(byName);
  }

  /**
   * Reads {@code callback-var}: base64 of a JSON map. Numbers and booleans are taken as text,
   * because ali-oss sends a number in presigned URLs.
   *
   * @throws quayside.laptop.oss.http.OssException when it is too long, not base64, not JSON or of
   *     another shape
   */
  static CustomVariables parse(String encoded) {
    Base64Json.requireShort(encoded, CallbackError.VAR_TOO_LONG);
    JsonNode map =
        Base64Json.parse(encoded, CallbackError.VAR_NOT_BASE64, CallbackError.VAR_NOT_JSON);
    if (!map.isObject()) {
      throw CallbackError.VAR_SHAPE.refusal();
    }
    var variables = new HashMap<String, String>();
    map.properties()
        .forEach(property -> {
          if (!isName(property.getKey())
              || !property.getValue().isValueNode()
              || property.getValue().isNull()) {
            throw CallbackError.VAR_SHAPE.refusal();
          }
          variables.put(property.getKey(), property.getValue().asText());
        });
    return new CustomVariables(variables);
  }

  /** Takes the {@code x:} fields of a PostObject form; they have no length limit of their own. */
  static CustomVariables ofForm(Map<String, String> fields) {
    var variables = new HashMap<>(fields);
    variables.keySet().removeIf(name -> !name.startsWith(PREFIX));
    return new CustomVariables(variables);
  }

  private static boolean isName(String name) {
    return name.startsWith(PREFIX)
        && name.length() > PREFIX.length()
        && name.chars().noneMatch(Character::isUpperCase);
  }

  Value value(String name) {
    return Optional.ofNullable(byName.get(name)).<Value>map(Value.Text::new).orElse(Value.UNSET);
  }
}
