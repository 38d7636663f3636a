package quayside.grant.template;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A callback, ready for an upload.
 *
 * @param parameter {@code callback}: Base64
 * @param variables the custom variables by full name ({@code x:...}), as fields of a PostObject
 *     form
 * @param variableParameter {@code callback-var} for all other uploads: Base64; empty without
 *     variables
 */
public record CompiledCallback(
    String parameter, Map<String, String> variables, String variableParameter) {
  public CompiledCallback {
    variables = Collections.unmodifiableMap(new TreeMap<>(variables));
  }

  /** Both parameters as they stand in a query, not encoded; the second only with variables. */
  public Map<String, String> query() {
    return variableParameter.isEmpty()
        ? Map.of("callback", parameter)
        : Map.of("callback", parameter, "callback-var", variableParameter);
  }
}
