package quayside.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** The schema registry; none unless its URL is set. */
@ConfigMapping(prefix = "quayside.registry")
interface RegistryConfig extends Checked {

  /**
   * Where its API begins, {@code http} or {@code https}: for Apicurio Registry {@code
   * http://registry:8080/apis/ccompat/v7}, for Confluent's and Karapace {@code
   * http://registry:8081}.
   */
  Optional<URI> url();

  /** User name for basic authentication; none without. */
  Optional<String> username();

  /** Password of {@link #username()}. */
  Optional<String> password();

  /** Bearer token, instead of user name and password. */
  Optional<String> token();

  /** Longest time of one request, with its answer. */
  @WithDefault("5S")
  Duration timeout();

  @Override
  default void check(Problems problems) {
    url().ifPresent(url -> problems.attempt(() -> RegistryAddress.of(url, this)));
  }
}
