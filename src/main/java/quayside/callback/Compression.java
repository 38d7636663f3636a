package quayside.callback;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The codecs that compress records on their way to Kafka. In a native executable there is {@code
 * gzip} alone, which is part of the JDK: the others are libraries that load themselves by
 * reflection or JNI. Kafka's client would find out with the first record and fail every one, so
 * that everything went to the journal and stayed there; hence the check at the start.
 */
final class Compression {
  private static final String SETTING = "compression.type";
  private static final Set<String> IN_NATIVE_EXECUTABLES = Set.of("none", "gzip");

  private Compression() {}

  /**
   * Checks the settings of a Kafka client.
   *
   * @throws IllegalArgumentException when their codec is not in this executable
   */
  static void check(Map<String, Object> settings, boolean nativeExecutable) {
    @Nullable Object value = settings.get(SETTING);
    String codec = value == null ? "none" : value.toString().toLowerCase(Locale.ROOT);
    if (nativeExecutable && !IN_NATIVE_EXECUTABLES.contains(codec)) {
      throw new IllegalArgumentException(
          "the native ingress cannot compress with "
              + SETTING
              + "="
              + codec
              + ": choose gzip or none, or run the ingress on the JVM");
    }
  }
}
