package quayside.callback;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;

/**
 * Takes out of an event what the configuration does not let out of the edge, after everything that
 * wants to know it has decided. An address, VPC or account that is redacted is also taken out of
 * the variables and fields that repeat it. What names the object stays: bucket, key, and whatever
 * stands in them. Immutable and thread-safe.
 */
final class Redaction {
  /** Characters of a value that is looked for elsewhere; shorter ones are part of too much. */
  private static final int SHORTEST_REPEATED = 7;

  /** Likewise; no address, VPC or account id is longer, and looking for long ones takes long. */
  private static final int LONGEST_REPEATED = 64;

  /** Takes the place of a repeated value that is dropped. */
  private static final String DROPPED = "[redacted]";

  private final RedactConfig config;
  private final boolean wanted;
  private final RedactedNames names;
  private final @Nullable Pseudonym pseudonym;

  /**
   * As configured.
   *
   * @throws IllegalArgumentException when something is to be hashed without a key, or the key is
   *     too short
   */
  Redaction(CallbackConfig callback) {
    this.config = callback.redact();
    this.wanted = isWanted(config);
    this.names = new RedactedNames(callback);
    this.pseudonym = config.key().map(Pseudonym::new).orElse(null);
    if (pseudonym == null) {
      hashed(config).ifPresent(Redaction::failWithoutKey);
    }
  }

  private static void failWithoutKey(String hashed) {
    throw new IllegalArgumentException(
        "quayside.callback.redact."
            + hashed
            + ": hash needs quayside.callback.redact.key, a secret of at least "
            + Pseudonym.MIN_KEY_BYTES
            + " bytes; make one with: openssl rand -hex 32");
  }

  /** Whether anything is to be redacted. */
  static boolean isWanted(RedactConfig config) {
    return actions(config).values().stream().anyMatch(action -> action != RedactAction.KEEP);
  }

  private static Optional<String> hashed(RedactConfig config) {
    return actions(config).entrySet().stream()
        .filter(action -> action.getValue() == RedactAction.HASH)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Map<String, RedactAction> actions(RedactConfig config) {
    Map<String, RedactAction> actions = new LinkedHashMap<>();
    actions.put("client-ip", config.clientIp());
    actions.put("vpc-id", config.vpcId());
    actions.put("requester", config.requester());
    config.variables().forEach((name, action) -> actions.put("variables.\"" + name + '"', action));
    config.fields().forEach((name, action) -> actions.put("fields.\"" + name + '"', action));
    return actions;
  }

  /** The event as it may leave the edge. */
  CloudEvent<ObjectUploaded> apply(CloudEvent<ObjectUploaded> event) {
    return wanted ? event.withData(redacted(event.data())) : event;
  }

  private ObjectUploaded redacted(ObjectUploaded data) {
    Map<String, String> repeated = repeated(data);
    return data.withUploader(
        redacted(config.requester(), data.requester()),
        redacted(config.clientIp(), data.clientIp()),
        redacted(config.vpcId(), data.vpcId()),
        redacted(data.variables(), names::ofVariable, repeated),
        redacted(data.fields(), names::ofField, repeated));
  }

  private Map<String, String> redacted(
      Map<String, String> received,
      Function<String, RedactAction> action,
      Map<String, String> repeated) {
    Map<String, String> redacted = new LinkedHashMap<>();
    received.forEach((name, text) -> {
      RedactAction asked = action.apply(name);
      String kept = asked == RedactAction.KEEP ? without(repeated, text) : redacted(asked, text);
      if (kept != null) {
        redacted.put(without(repeated, name), kept);
      }
    });
    return redacted;
  }

  private @Nullable String redacted(RedactAction action, @Nullable String value) {
    return switch (action) {
      case KEEP -> value;
      case HASH -> value == null || pseudonym == null ? null : pseudonym.of(value);
      case DROP -> null;
    };
  }

  /** What must not be repeated anywhere, and what takes its place. */
  private Map<String, String> repeated(ObjectUploaded data) {
    // The longest first: one may be part of another.
    Map<String, String> repeated =
        new TreeMap<>(Comparator.comparing(String::length).reversed().thenComparing(text -> text));
    note(repeated, config.requester(), data.requester());
    note(repeated, config.clientIp(), data.clientIp());
    note(repeated, config.vpcId(), data.vpcId());
    Stream.of(data.variables(), data.fields())
        .flatMap(free -> free.entrySet().stream())
        .forEach(field -> note(repeated, names.byMeaning(field.getKey()), field.getValue()));
    return repeated;
  }

  private void note(Map<String, String> repeated, RedactAction action, @Nullable String value) {
    if (action != RedactAction.KEEP
        && value != null
        && value.length() >= SHORTEST_REPEATED
        && value.length() <= LONGEST_REPEATED) {
      repeated.put(value, Objects.requireNonNullElse(redacted(action, value), DROPPED));
    }
  }

  private static String without(Map<String, String> repeated, String text) {
    String rest = text;
    for (Map.Entry<String, String> value : repeated.entrySet()) {
      rest = rest.replace(value.getKey(), value.getValue());
    }
    return rest;
  }
}
