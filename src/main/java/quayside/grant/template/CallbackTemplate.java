package quayside.grant.template;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a callback tells: where to, in which form, which system variables; then, for each upload,
 * its custom variables and its grant token. The token is part of the template's own text: whoever
 * uploads can change it only by changing the callback parameter, which the grant pins. Immutable.
 *
 * @param target where OSS calls back
 * @param bodyType how the body is written
 * @param variables system variables in the body, in order
 */
public record CallbackTemplate(
    CallbackTarget target, BodyType bodyType, SequencedSet<SystemVariable> variables) {
  /** The body field with the grant token. */
  public static final String TOKEN_FIELD = "grant";

  /** Characters of Base64 in either parameter (documented limit: 5 KB). */
  static final int MAX_PARAMETER_LENGTH = 5 * 1024;

  /** OSS wants lower case; the rest is ours, so that no name ever needs escaping. */
  private static final Pattern VARIABLE_NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._-]+");

  public CallbackTemplate {
    if (variables.isEmpty()) {
      throw new IllegalArgumentException("variables must not be empty");
    }
  }

  /** Whether this can be the name of a custom variable (without {@code x:}). */
  public static boolean isVariableName(String name) {
    return VARIABLE_NAME.matcher(name).matches();
  }

  /**
   * Writes the callback of one upload.
   *
   * @param token its grant token
   * @param custom its custom variables, by name without {@code x:}; they arrive as {@code x:name}
   * @throws CallbackTooLongException when OSS would refuse the length
   * @throws IllegalArgumentException when the name of a variable is not usable
   */
  public CompiledCallback compile(String token, Map<String, String> custom)
      throws CallbackTooLongException {
    if (!TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException("token must consist of letters, digits, dots, _ and -");
    }
    Map<String, String> named = new TreeMap<>();
    custom.forEach((name, value) -> named.put(fullName(name), value));
    String parameter = encode("callback", callback(token, named));
    String variableParameter = named.isEmpty() ? "" : encode("callback-var", members(named));
    return new CompiledCallback(parameter, named, variableParameter);
  }

  private ObjectNode callback(String token, Map<String, String> custom) {
    List<String> fields = new ArrayList<>();
    variables.forEach(v -> fields.add(bodyType.variable(v.variableName(), v.variableName())));
    custom.keySet().forEach(name -> fields.add(bodyType.variable(name, name)));
    fields.add(bodyType.constant(TOKEN_FIELD, token));
    ObjectNode callback = JsonNodeFactory.instance.objectNode();
    callback.put("callbackUrl", target.joinedUrls());
    target.host().ifPresent(host -> callback.put("callbackHost", host));
    callback.put("callbackBody", bodyType.body(fields));
    callback.put("callbackBodyType", bodyType.mediaType());
    if (target.needsServerName()) {
      callback.put("callbackSNI", true);
    }
    return callback;
  }

  private static ObjectNode members(Map<String, String> values) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    values.forEach(members::put);
    return members;
  }

  private static String fullName(String name) {
    if (!isVariableName(name)) {
      throw new IllegalArgumentException("variable " + name + " must match " + VARIABLE_NAME);
    }
    return "x:" + name;
  }

  private static String encode(String parameter, ObjectNode json) throws CallbackTooLongException {
    byte[] utf8 = json.toString().getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().encodeToString(utf8);
    if (base64.length() > MAX_PARAMETER_LENGTH) {
      throw new CallbackTooLongException(parameter, base64.length(), MAX_PARAMETER_LENGTH);
    }
    return base64;
  }
}
