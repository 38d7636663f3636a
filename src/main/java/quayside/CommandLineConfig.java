package quayside;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
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

  private CommandLineConfig() {}

  /** Reads one mapping; other keys are not looked at. */
  static <T> T read(Class<T> mapping) {
    return builder().withMapping(mapping).build().getConfigMapping(mapping);
  }

  /** All keys below a prefix, without it. */
  static Map<String, String> below(String prefix) {
    SmallRyeConfig config = builder().build();
    Map<String, String> values = new TreeMap<>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(prefix)) {
        config
            .getOptionalValue(name, String.class)
            .ifPresent(value -> values.put(name.substring(prefix.length()), value));
      }
    }
    return values;
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
