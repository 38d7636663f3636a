package quayside.registry;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** The configuration as the framework builds it: defaults, and what a test changes. */
final class TestRegistryConfig {
  private TestRegistryConfig() {}

  static RegistryConfig of(String... keysAndValues) {
    return build(keysAndValues).getConfigMapping(RegistryConfig.class);
  }

  static Subjects subjects(String... keysAndValues) {
    return new Subjects(topics(keysAndValues));
  }

  static RegistryTopicsConfig topics(String... keysAndValues) {
    return build(keysAndValues).getConfigMapping(RegistryTopicsConfig.class);
  }

  private static SmallRyeConfig build(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .withMapping(RegistryConfig.class)
        .withMapping(RegistryTopicsConfig.class)
        .build();
  }
}
