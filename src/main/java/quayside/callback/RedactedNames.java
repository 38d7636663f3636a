package quayside.callback;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a body's free fields by their names. A field keeps its name when its value cannot
 * be used and it is published as it came; so the names of variables, of addresses and VPCs count
 * among {@code fields}, too, and where several say something the strictest holds. Immutable and
 * thread-safe.
 */
final class RedactedNames {
  private final Map<String, RedactAction> variables;
  private final Map<String, RedactAction> fields;
  private final Map<String, RedactAction> byMeaning = new HashMap<>();
  private final VariableNames variableNames;
  private final RedactAction raw;

  RedactedNames(CallbackConfig config) {
    RedactConfig redact = config.redact();
    this.variables = Map.copyOf(redact.variables());
    this.fields = Map.copyOf(redact.fields());
    this.variableNames = VariableNames.of(config);
    mean(config.fields().clientIp(), redact.clientIp());
    mean(config.fields().vpcId(), redact.vpcId());
    // The text of a body that could not be read may hold anything.
    RedactAction otherwise = Redaction.isWanted(redact) ? RedactAction.DROP : RedactAction.KEEP;
    this.raw = fields.getOrDefault(CallbackBody.RAW, otherwise);
  }

  private void mean(List<String> names, RedactAction action) {
    names.forEach(name -> byMeaning.merge(name, action, RedactAction::or));
  }

  /** What becomes of a custom variable. */
  RedactAction ofVariable(String received) {
    return of(received, name -> all(variables));
  }

  /** What becomes of a field that maps to nothing. */
  RedactAction ofField(String received) {
    RedactAction all = all(fields);
    return isRaw(received)
        ? raw
        : of(received, name -> variableNames.contain(name) ? all.or(all(variables)) : all);
  }

  /** What is asked of fields that are, by their name, an address or a VPC. */
  RedactAction byMeaning(String received) {
    return byMeaning.getOrDefault(BodyFields.withoutMark(received), RedactAction.KEEP);
  }

  private static boolean isRaw(String received) {
    return BodyFields.withoutMark(received).equals(CallbackBody.RAW);
  }

  private RedactAction of(String received, Function<String, RedactAction> otherwise) {
    String name = BodyFields.withoutMark(received);
    return named(received, otherwise).or(named(name, otherwise)).or(byMeaning(received));
  }

  private RedactAction named(String name, Function<String, RedactAction> otherwise) {
    RedactAction ofVariable = variables.get(name);
    RedactAction ofField = fields.get(name);
    return ofVariable == null && ofField == null
        ? otherwise.apply(name)
        : orKeep(ofVariable).or(orKeep(ofField));
  }

  private static RedactAction all(Map<String, RedactAction> actions) {
    return orKeep(actions.get(RedactConfig.ALL));
  }

  private static RedactAction orKeep(@Nullable RedactAction action) {
    return action == null ? RedactAction.KEEP : action;
  }
}
