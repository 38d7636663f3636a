package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.configuration.Inspection;
import quayside.configuration.Problem;

/** Whom the edge believes about its clients. */
class ProxyConfigTest {
  private static final String KEY = "quarkus.http.proxy.";

  @Test
  void forwardedAddresses_needTrustedProxies() {
    assertThat(problems(Map.of(KEY + "proxy-address-forwarding", "true")))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.toString())
                .startsWith(KEY + "trusted-proxies: ")
                .contains("for example 10.0.0.0/8"));
    assertThat(
            problems(
                Map.of(
                    KEY + "proxy-address-forwarding",
                    "true",
                    KEY + "trusted-proxies",
                    "10.0.0.0/8")))
        .isEmpty();
    assertThat(problems(Map.of())).isEmpty();
  }

  /** What is verified must not be a header's choice, not even a trusted proxy's. */
  @Test
  void forwardedPrefix_stopsTheStart() {
    assertThat(problems(Map.of(KEY + "enable-forwarded-prefix", "true")))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.toString())
                .startsWith(KEY + "enable-forwarded-prefix: 'true' ")
                .contains("quayside.callback.external-paths"));
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

  private static List<Problem> problems(Map<String, String> values) {
    return Inspection.of(values, ProxyConfig.class);
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
