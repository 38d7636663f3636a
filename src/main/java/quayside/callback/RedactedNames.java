package quayside.callback;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a body's free fields by their names. A field keeps its name when its value cannot
 * be used and it is published as it came; so the names of variables, of addresses and VPCs count
 * among {@code fields}, too, and where several say something the strictest holds. Names are
 * compared without regard to case and punctuation, since an environment variable spells neither: a
 * name that was meant and not met would be a value let out. Immutable and thread-safe.
 */
final class RedactedNames {
  private final Map<String, RedactAction> variables;
  private final Map<String, RedactAction> fields;
  private final Map<String, RedactAction> byMeaning = new HashMap<>();
  private final VariableNames variableNames;
  private final RedactAction allVariables;
  private final RedactAction allFields;
  private final RedactAction raw;

  RedactedNames(CallbackConfig config) {
    RedactConfig redact = config.redact();
    this.variables = plain(redact.variables());
    this.fields = plain(redact.fields());
    this.allVariables = orKeep(redact.variables().get(RedactConfig.ALL));
    this.allFields = orKeep(redact.fields().get(RedactConfig.ALL));
    this.variableNames = VariableNames.of(config);
    mean(config.fields().clientIp(), redact.clientIp());
    mean(config.fields().vpcId(), redact.vpcId());
    // The text of a body that could not be read may hold anything.
    RedactAction otherwise = Redaction.isWanted(redact) ? RedactAction.DROP : RedactAction.KEEP;
    this.raw = fields.getOrDefault(plain(CallbackBody.RAW), otherwise);
  }

  private void mean(List<String> names, RedactAction action) {
    names.forEach(name -> byMeaning.merge(plain(name), action, RedactAction::or));
  }

  /** What becomes of a custom variable. */
  RedactAction ofVariable(String received) {
    return of(received, allVariables);
  }

  /** What becomes of a field that maps to nothing. */
  RedactAction ofField(String received) {
    String name = BodyFields.withoutMark(received);
    if (plain(name).equals(plain(CallbackBody.RAW))) {
      return raw;
    }
    return of(received, variableNames.contain(name) ? allFields.or(allVariables) : allFields);
  }

  /** What is asked of fields that are, by their name, an address or a VPC. */
  RedactAction byMeaning(String received) {
    return orKeep(byMeaning.get(plain(BodyFields.withoutMark(received))));
  }

  private RedactAction of(String received, RedactAction otherwise) {
    String name = BodyFields.withoutMark(received);
    return named(plain(received), otherwise)
        .or(named(plain(name), otherwise))
        .or(byMeaning(received));
  }

  private RedactAction named(String plain, RedactAction otherwise) {
    RedactAction ofVariable = variables.get(plain);
    RedactAction ofField = fields.get(plain);
    return ofVariable == null && ofField == null
        ? otherwise
        : orKeep(ofVariable).or(orKeep(ofField));
  }

  private static Map<String, RedactAction> plain(Map<String, RedactAction> actions) {
    Map<String, RedactAction> plain = new HashMap<>();
    actions.forEach((name, action) -> plain.merge(plain(name), action, RedactAction::or));
    return plain;
  }

  /** Lower case, with underscores for whatever is neither letter nor digit. */
  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    name.codePoints()
        .map(c -> Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : '_')
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static RedactAction orKeep(@Nullable RedactAction action) {
    return action == null ? RedactAction.KEEP : action;
  }
}
