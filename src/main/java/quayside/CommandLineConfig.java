package quayside;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Configuration for commands, which run without the service: environment, system properties and the
 * application's own defaults, in the order in which the service reads them. Profiles have no part
 * in it: a command speaks of a production installation.
 */
final class CommandLineConfig {
  /** As the framework ranks the file within the application. */
  private static final int DEFAULTS = 250;

  /** Above all others. */
  private static final int COMMAND_LINE = 1000;

  private CommandLineConfig() {}

  /** Reads one mapping; other keys are not looked at. What the command line says comes first. */
  static <T> T read(Class<T> mapping, Map<String, String> commandLine) {
    return builder()
        .withSources(new PropertiesConfigSource(commandLine, "command line", COMMAND_LINE))
        .withMapping(mapping)
        .build()
        .getConfigMapping(mapping);
  }

  /**
   * The properties of the Kafka client: {@code kafka.*}, and {@code KAFKA_*} of the environment.
   */
  static Map<String, String> kafka() {
    Map<String, String> properties = new TreeMap<>();
    System.getenv()
        .forEach((name, value) -> {
          if (name.startsWith("KAFKA_")) {
            String key =
                name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.');
            properties.put(key, value);
          }
        });
    SmallRyeConfig config = builder().build();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith("kafka.")) {
        config
            .getOptionalValue(name, String.class)
            .ifPresent(value -> properties.put(name.substring("kafka.".length()), value));
      }
    }
    return properties;
  }

  private static SmallRyeConfigBuilder builder() {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .addDefaultSources()
        .withSources(defaults())
        .withValidateUnknown(false);
  }

  private static PropertiesConfigSource defaults() {
    URL file = CommandLineConfig.class.getResource("/application.properties");
    if (file == null) {
      throw new IllegalStateException("application.properties is missing from the application");
    }
    try {
      return new PropertiesConfigSource(file, DEFAULTS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
