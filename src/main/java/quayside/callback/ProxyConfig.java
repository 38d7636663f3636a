package quayside.callback;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/**
 * Those of Quarkus' own settings about proxies that decide whom we believe, read to check them when
 * the service starts.
 */
@Unremovable
@ConfigMapping(prefix = "quarkus.http.proxy")
interface ProxyConfig extends Checked {

  /** Whether a request's client is whom its {@code Forwarded} or {@code X-Forwarded-For} names. */
  @WithDefault("false")
  boolean proxyAddressForwarding();

  /** Peers whose headers are believed: addresses or CIDR ranges. Quarkus' default is everybody. */
  Optional<List<String>> trustedProxies();

  /** Whether {@code X-Forwarded-Prefix} is put in front of the request target. */
  @WithDefault("false")
  boolean enableForwardedPrefix();

  @Override
  default void check(Problems problems) {
    problems.require(
        !proxyAddressForwarding() || trustedProxies().isPresent(),
        "quarkus.http.proxy.trusted-proxies",
        "must name the proxies in front when quarkus.http.proxy.proxy-address-forwarding is on,"
            + " since otherwise everybody is believed",
        "10.0.0.0/8");
    problems.require(
        !enableForwardedPrefix(),
        "quarkus.http.proxy.enable-forwarded-prefix",
        "must be false, since a header would choose the path that is verified",
        "quayside.callback.external-paths.main.received=/cb with .dialled=/gateway/oss/callback");
  }
}
