package quayside.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Every key that configures the service: our own, those of the framework's extensions and of
 * Kafka's clients, and the variables that our defaults refer to. To find out whether a key or
 * variable in a deployment means anything.
 */
public final class ConfigurationKeys {
  private static final List<Path> DEFAULTS =
      List.of(
          Path.of("src/main/resources/application.properties"),
          Path.of("src/main/resources-all/META-INF/microprofile-config.properties"));
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)[:}]");
  private static final String OURS = "quayside.";

  /** The framework reads them before there are any extensions. */
  private static final List<String> EARLY = List.of("quarkus.profile", "quarkus.config.locations");

  private final KnownKeys ours = new KnownKeys(Interfaces.all());
  private final Set<Pattern> variables = new HashSet<>();

  private ConfigurationKeys() {}

  public static ConfigurationKeys ofBothFlavours() throws IOException {
    ConfigurationKeys keys = new ConfigurationKeys();
    EARLY.forEach(keys::add);
    kafkaSettings().forEach(setting -> keys.add("kafka." + setting));
    for (Path file : DEFAULTS) {
      keys.addDefaults(file);
    }
    for (URL roots :
        Collections.list(
            ConfigurationKeys.class
                .getClassLoader()
                .getResources("META-INF/quarkus-config-roots.list"))) {
      new String(roots.openStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(keys::addMapping);
    }
    return keys;
  }

  /** Whether an environment variable configures something. */
  public boolean know(String variable) {
    return ours.findVariable(StringUtil.toLowerCaseAndDotted(variable)).isPresent()
        || variables.stream().anyMatch(known -> known.matcher(variable).matches());
  }

  /** Whether a key of a properties file does. */
  boolean knowKey(String key) {
    return key.startsWith(OURS) ? ours.find(key).isPresent() : know(variable(key));
  }

  private void addDefaults(Path file) throws IOException {
    Properties defaults = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      defaults.load(reader);
    }
    defaults.stringPropertyNames().stream()
        .map(key -> key.replaceFirst("^%[^.]+\\.", ""))
        .filter(key -> !key.startsWith(OURS))
        .forEach(this::add);
    VARIABLE
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult variable) -> variable.group(1))
        .forEach(name -> variables.add(Pattern.compile(name)));
  }

  private void addMapping(String className) {
    try {
      Class<?> type = Class.forName(className, false, ConfigurationKeys.class.getClassLoader());
      if (type.isAnnotationPresent(ConfigMapping.class)) {
        ConfigMappings.getProperties(ConfigClass.configClass(type)).keySet().forEach(this::add);
      }
    } catch (ClassNotFoundException | NoClassDefFoundError absent) {
      // An optional part of an extension.
    }
  }

  private static Set<String> kafkaSettings() {
    return Stream.of(
            ProducerConfig.configNames(),
            ConsumerConfig.configNames(),
            AdminClientConfig.configNames())
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  // A star stands for a name that the user chooses.
  private void add(String key) {
    variables.add(Pattern.compile(variable(key.replace("*", "0STAR0")).replace("0STAR0", "\\w+")));
  }

  /** By the rule of MicroProfile Config. */
  private static String variable(String key) {
    return StringUtil.replaceNonAlphanumericByUnderscores(key).toUpperCase(Locale.ROOT);
  }
}
