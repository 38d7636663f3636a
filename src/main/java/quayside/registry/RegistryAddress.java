package quayside.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the registry is and how to speak to it. Immutable; holds credentials, which it does not
 * show.
 */
final class RegistryAddress {
  /** RFC 6750, section 2.1. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final String base;
  private final @Nullable String authorization;
  private final Duration timeout;

  private RegistryAddress(String base, @Nullable String authorization, Duration timeout) {
    this.base = base;
    this.authorization = authorization;
    this.timeout = timeout;
  }

  /**
   * From the configuration.
   *
   * @throws IllegalArgumentException with a message that says what is wrong there
   */
  static RegistryAddress of(URI url, RegistryConfig config) {
    String scheme = url.getScheme();
    require("http".equals(scheme) || "https".equals(scheme), "url: is not an http or https URL");
    require(url.getHost() != null, "url: names no host");
    require(url.getRawUserInfo() == null, "url: has credentials; set .username and .password");
    require(
        url.getRawQuery() == null && url.getRawFragment() == null,
        "url: ends in a query or fragment; it is the begin of the API's paths");
    require(
        config.username().isPresent() == config.password().isPresent(),
        "username, password: one is set without the other");
    require(
        config.token().isEmpty() || config.username().isEmpty(),
        "token: is set beside username and password");
    require(
        config.username().filter(name -> name.contains(":")).isEmpty(),
        "username: has a colon, which basic authentication has no way to say");
    // Also because the client's own message about it would show the token.
    require(
        config.token().filter(token -> !TOKEN.matcher(token).matches()).isEmpty(),
        "token: has characters that no token has; a line break at its end?");
    require(config.timeout().isPositive(), "timeout: " + config.timeout() + " must be positive");
    return new RegistryAddress(
        url.toString().replaceAll("/+$", ""), authorization(config).orElse(null), config.timeout());
  }

  /** Where the schema of a subject is looked up. */
  URI subject(String subject) {
    return URI.create(base + "/subjects/" + segment(subject));
  }

  /** Where schemas of a subject are registered. */
  URI versions(String subject) {
    return URI.create(base + "/subjects/" + segment(subject) + "/versions");
  }

  /** The value of the Authorization header; null when there is none. */
  @Nullable String authorization() {
    return authorization;
  }

  /** Longest time of one request, with its answer. */
  Duration timeout() {
    return timeout;
  }

  @Override
  public String toString() {
    return base;
  }

  private static Optional<String> authorization(RegistryConfig config) {
    return config
        .token()
        .map(token -> "Bearer " + token)
        .or(() -> config.username().map(name -> basic(name, config.password().orElse(""))));
  }

  private static String basic(String name, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException("quayside.registry." + message);
    }
  }
}
