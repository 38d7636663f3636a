package quayside.event;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Writers of events as the service makes them from its configuration. */
public final class TestWriters {
  /** A key that was made for these tests, as {@code openssl genpkey} wrote it. */
  public static final String PRIVATE_KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIDTEvwCiUSQGMnwOmcAkJuhX70zO4LS1pEDnlA0BCV+N
      -----END PRIVATE KEY-----
      """;

  /** What {@code openssl pkey -pubout} makes of it. */
  public static final String PUBLIC_KEY =
      "MCowBQYDK2VwAyEAa95dDWjP5gmyWwN6MrX96HUjrdGQktBrGzS4ufErEOg=";

  /** The name of the key. */
  public static final String KEY_ID = "tests-2026";

  private TestWriters() {}

  /** As by default: binary mode, not signed. */
  public static EventWriter binary() {
    return configured(SchemaIds.NONE);
  }

  /** Structured mode, not signed. */
  public static EventWriter structured() {
    return configured(SchemaIds.NONE, "content-mode", "structured");
  }

  /** Signed with the test key. */
  public static EventWriter signed(String contentMode) {
    return configured(
        SchemaIds.NONE,
        "content-mode",
        contentMode,
        "signing.key-id",
        KEY_ID,
        "signing.private-key",
        PRIVATE_KEY);
  }

  /** With keys under {@code quayside.events.} and their values in turn. */
  static EventWriter configured(SchemaIds schemaIds, String... keysAndValues) {
    return new EventBeans().writer(config(keysAndValues), schemaIds);
  }

  static EventsConfig config(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put("quayside.events." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .withMapping(EventsConfig.class)
        .build()
        .getConfigMapping(EventsConfig.class);
  }
}
