package quayside.configuration;

import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import quayside.role.Role;
import quayside.role.RolesConfig;

/**
 * Looks at a configuration once: first at the names, then at the values one by one, then at the
 * rules of the parts. Used by one thread.
 */
public final class Inspection {
  private static final String VARIABLES = "EnvConfigSource";

  private final Collection<ConfigClass> interfaces;
  private final SmallRyeConfig config;
  private final KnownKeys known;
  private final Map<String, String> values = new TreeMap<>();
  private final Problems problems;
  private final Map<Class<?>, Object> parts = new HashMap<>();

  private Inspection(Collection<ConfigClass> interfaces, SmallRyeConfig config) {
    this.interfaces = interfaces;
    this.config = config;
    this.known = new KnownKeys(interfaces);
    this.problems = new Problems(values, config.getProfiles());
  }

  /**
   * Inspects.
   *
   * @param config with all settings, nothing mapped
   */
  static Inspection of(Collection<ConfigClass> interfaces, SmallRyeConfig config) {
    Inspection inspection = new Inspection(interfaces, config);
    inspection.readNames();
    inspection.readValues();
    inspection.checkParts();
    return inspection;
  }

  /** What is wrong with these values, and the defaults of these parts for all others. */
  public static List<Problem> of(Map<String, String> values, Class<?>... parts) {
    List<ConfigClass> interfaces =
        List.of(parts).stream().<ConfigClass>map(ConfigClass::configClass).toList();
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new PropertiesConfigSource(values, "values", 100));
    interfaces.forEach(part ->
        part.getProperties()
            .forEach((key, standard) -> {
              if (standard != null && !key.contains("*")) {
                builder.withDefaultValue(key, standard);
              }
            }));
    return of(interfaces, builder.build()).problems();
  }

  /** All that is wrong, in the order of the keys. */
  List<Problem> problems() {
    return problems.sorted();
  }

  /** A part as it was read. */
  <T> Optional<T> part(Class<T> type) {
    return problems.part(type);
  }

  private void readNames() {
    for (String name : config.getPropertyNames()) {
      Optional<String> key = known.find(name);
      if (key.isPresent()) {
        readValue(key.get());
      } else if (known.claims(name)) {
        readUnknown(name);
      }
    }
  }

  private void readUnknown(String name) {
    ConfigValue found = config.getConfigValue(name);
    String value = String.valueOf(found.getRawValue());
    if (!String.valueOf(found.getSourceName()).startsWith(VARIABLES)) {
      addUnknown(name, name, value, known.nearest(name, false));
      return;
    }
    Optional<String> key = known.findVariable(name);
    if (key.isPresent()) {
      readValue(key.get());
    } else if (!ForeignVariables.contain(KeyPattern.variable(name), value)) {
      addUnknown(KeyPattern.variable(name), name, value, known.nearest(name, true));
    }
  }

  // A misspelt secret is none the less secret.
  private void addUnknown(String shown, String name, String value, List<String> nearest) {
    boolean secret =
        nearest.isEmpty() || Secrets.isSecret(name) || nearest.stream().anyMatch(Secrets::isSecret);
    List<String> suggested =
        shown.equals(name) ? nearest : nearest.stream().map(KeyPattern::variable).toList();
    String rule =
        suggested.isEmpty()
            ? "is not known, nor is anything like it"
            : "is not known; did you mean " + String.join(" or ", suggested) + "?";
    problems.add(new Problem(shown, secret ? null : value, rule, ""));
  }

  private void readValue(String key) {
    ConfigValue found = config.getConfigValue(key);
    if (found.hasProblems()) {
      String written = found.getRawValue();
      problems.add(new Problem(key, written, "refers to what is not set", known.example(key)));
    } else if (found.getValue() != null) {
      values.put(key, found.getValue());
    }
  }

  private void readValues() {
    Map<String, String> readable = new TreeMap<>(values);
    for (int attempt = 0; attempt <= values.size(); attempt++) {
      try {
        SmallRyeConfig mapped = map(readable);
        interfaces.forEach(part ->
            parts.put(part.getType(), mapped.getConfigMapping(part.getType(), part.getPrefix())));
        return;
      } catch (ConfigValidationException e) {
        Unreadable.of(e)
            .forEach(one -> {
              add(one);
              leaveOut(one, readable);
            });
      }
    }
  }

  private void checkParts() {
    problems.know(parts);
    parts
        .values()
        .forEach(part -> {
          if (part instanceof Checked checked) {
            checked.check(problems);
          }
        });
    boolean ofTheIngress =
        part(RolesConfig.class)
            .flatMap(RolesConfig::roles)
            .map(Role.OF_THE_INGRESS::containsAll)
            .orElse(true);
    problems.require(
        ofTheIngress || known.haveSinks(),
        "quayside.roles",
        "must be callback or grants: this application, the ingress, has no others",
        "callback,grants");
  }

  private SmallRyeConfig map(Map<String, String> readable) {
    SmallRyeConfigBuilder builder =
        StrictConverters.addTo(new SmallRyeConfigBuilder())
            .forClassLoader(Thread.currentThread().getContextClassLoader())
            .withValidateUnknown(false)
            .withSources(new PropertiesConfigSource(readable, "inspected", 100));
    interfaces.forEach(builder::withMapping);
    return builder.build();
  }

  private void add(Unreadable one) {
    String example = known.example(one.key()).isEmpty() ? one.example() : known.example(one.key());
    String rule = one.missing() ? "must be set, since its neighbours are" : one.rule();
    problems.add(new Problem(one.key(), values.get(one.key()), rule, example));
  }

  // Without what it needs, an entry of a table is as good as not there.
  private static void leaveOut(Unreadable one, Map<String, String> readable) {
    if (one.missing()) {
      String entry = one.key().substring(0, one.key().lastIndexOf('.') + 1);
      readable.keySet().removeIf(key -> key.startsWith(entry));
    } else {
      readable.remove(one.key());
    }
  }
}
