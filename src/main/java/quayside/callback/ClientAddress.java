package quayside.callback;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, for the log: the peer of the connection, or whom a proxy names that {@code
 * quarkus.http.proxy.trusted-proxies} trusts. Text only when it is printed, so that accepted
 * callbacks pay nothing.
 */
final class ClientAddress {
  /** Nothing is known. */
  static final ClientAddress UNKNOWN = new ClientAddress(null);

  /** An IPv6 address with its zone. */
  private static final int MAX_CHARACTERS = 64;

  private final @Nullable SocketAddress address;

  private ClientAddress(@Nullable SocketAddress address) {
    this.address = address;
  }

  static ClientAddress of(HttpServerRequest request) {
    return new ClientAddress(request.remoteAddress());
  }

  /** The address, or {@code unknown} when a proxy passed on something that is none. */
  @Override
  public String toString() {
    String host = address == null ? null : address.host();
    return host == null || !isAddress(host) ? "unknown" : host;
  }

  // Never a name that would have to be looked up.
  private static boolean isAddress(String host) {
    return !host.isEmpty()
        && host.length() <= MAX_CHARACTERS
        && host.chars()
            .allMatch(c -> Character.digit(c, 16) >= 0 && c < 128 || ".:[]%".indexOf(c) >= 0);
  }
}
