package quayside.callback;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import quayside.callback.journal.JournalConfig;
import quayside.callback.rule.BucketRules;
import quayside.event.TestWriters;

/** The edge's configuration as the framework builds it: defaults, and what a test changes. */
final class TestConfig {
  private TestConfig() {}

  /** The rules of a configuration, as the service applies them. */
  static RuleCheck rules(CallbackConfig config, MeterRegistry registry) {
    return new RuleCheck(
        BucketRules.of(config.rules(), config.buckets()), config.rules().dryRun(), registry);
  }

  /** Writes in binary mode what the configuration lets out. */
  static UploadWriter uploadWriter(CallbackConfig config) {
    return new UploadWriter(new Redaction(config), TestWriters.binary());
  }

  static CallbackConfig of(String... keysAndValues) {
    return build(keysAndValues).getConfigMapping(CallbackConfig.class);
  }

  static JournalConfig journal(String... keysAndValues) {
    return build(keysAndValues).getConfigMapping(JournalConfig.class);
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
        .withMapping(CallbackConfig.class)
        .withMapping(JournalConfig.class)
        .build();
  }
}
