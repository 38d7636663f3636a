package quayside.configuration;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Reads values as the framework does, and says in words, with an example, what it wants where one
 * cannot be read. Where the framework takes any text for {@code false}, this does not.
 */
final class StrictConverters {
  /** Above the framework's own. */
  private static final int PRIORITY = 1000;

  private static final Set<String> YES = Set.of("true", "1", "yes", "y", "on");
  private static final Set<String> NO = Set.of("false", "0", "no", "n", "off");

  private StrictConverters() {}

  /** Adds them. */
  static SmallRyeConfigBuilder addTo(SmallRyeConfigBuilder builder) {
    add(builder, Boolean.class, "must be true or false; for example true", StrictConverters::truth);
    add(
        builder,
        Integer.class,
        "must be a whole number up to 2147483647; for example 8",
        Integer::valueOf);
    add(builder, Long.class, "must be a whole number; for example 1000", Long::valueOf);
    add(builder, Double.class, "must be a number; for example 0.5", Double::valueOf);
    add(builder, URI.class, "must be a URL; for example https://quayside.example", URI::create);
    add(
        builder,
        Duration.class,
        "must be a duration: a number with MS, S, M, H or D; for example 10S",
        DurationConverter::parseDuration);
    add(
        builder,
        MemorySize.class,
        "must be a size: a number of bytes, or one with K, M or G; for example 64M",
        new MemorySizeConverter()::convert);
    return builder;
  }

  private static <T> void add(
      SmallRyeConfigBuilder builder, Class<T> type, String rule, Converter<T> converter) {
    builder.withConverter(
        type,
        PRIORITY,
        value -> {
          String text = value.strip();
          if (text.isEmpty()) {
            return null;
          }
          try {
            return converter.convert(text);
          } catch (RuntimeException e) {
            throw new IllegalArgumentException(rule, e);
          }
        });
  }

  private static boolean truth(String text) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    if (YES.contains(lowerCase)) {
      return true;
    }
    if (NO.contains(lowerCase)) {
      return false;
    }
    throw new IllegalArgumentException(text);
  }
}
