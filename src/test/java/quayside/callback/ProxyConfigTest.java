package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the edge believes about its clients. */
class ProxyConfigTest {
  private static final String KEY = "quarkus.http.proxy.";

  @Test
  void forwardedAddresses_needTrustedProxies() {
    assertThatThrownBy(() -> check(Map.of(KEY + "proxy-address-forwarding", "true")))
        .hasMessageStartingWith(KEY + "trusted-proxies: ")
        .hasMessageContaining("for example 10.0.0.0/8");
    assertThatCode(() ->
            check(
                Map.of(
                    KEY + "proxy-address-forwarding",
                    "true",
                    KEY + "trusted-proxies",
                    "10.0.0.0/8")))
        .doesNotThrowAnyException();
    assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
  }

  /** What is verified must not be a header's choice, not even a trusted proxy's. */
  @Test
  void forwardedPrefix_stopsTheStart() {
    assertThatThrownBy(() -> check(Map.of(KEY + "enable-forwarded-prefix", "true")))
        .hasMessageStartingWith(KEY + "enable-forwarded-prefix: ")
        .hasMessageContaining("quayside.callback.external-paths");
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.9", "2001:db8::1", "[2001:db8::1]", "fe80::1%2"})
  void address_isShown(String host) {
    assertThat(ClientAddress.of(from(host))).hasToString(host);
  }

  /** A trusted proxy may pass on what a stranger wrote. */
  @ParameterizedTest
  @ValueSource(strings = {"unknown.example", "1.2.3.4 reason=ok", "a\nb", "_hidden", "１.2.3.4"})
  void whatIsNoAddress_isNotShown(String host) {
    assertThat(ClientAddress.of(from(host))).hasToString("unknown");
  }

  @Test
  void noAddress_isUnknown() {
    assertThat(ClientAddress.UNKNOWN).hasToString("unknown");
    assertThat(ClientAddress.of(from("1".repeat(65)))).hasToString("unknown");
  }

  private static void check(Map<String, String> values) {
    new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .withMapping(ProxyConfig.class)
        .build()
        .getConfigMapping(ProxyConfig.class)
        .check();
  }

  /** A request that knows nothing but its peer. */
  private static HttpServerRequest from(String host) {
    return (HttpServerRequest)
        Proxy.newProxyInstance(
            ProxyConfigTest.class.getClassLoader(),
            new Class<?>[] {HttpServerRequest.class},
            (proxy, method, arguments) -> SocketAddress.inetSocketAddress(1, host));
  }
}
