package quayside.laptop.oss.callback;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses a callback may go to. OSS refuses private ones, and hosts that resolve only to
 * IPv6 (1.2). On a laptop the receiver is on loopback, so that alone is allowed, unless {@code
 * publicOnly} asks for the real rule.
 *
 * @param publicOnly whether loopback is refused too
 */
record TargetPolicy(boolean publicOnly) {

  /**
   * Resolves a target's host once; the connection is then made to this very address.
   *
   * @return the address, or empty for a name that does not resolve, which fails later as "can not
   *     connect"
   * @throws quayside.laptop.oss.http.OssException when the address is not allowed
   */
  Optional<InetAddress> resolve(CallbackTarget target) {
    List<InetAddress> all;
    try {
      all = List.of(InetAddress.getAllByName(target.host()));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
    List<InetAddress> v4 = all.stream().filter(Inet4Address.class::isInstance).toList();
    if (v4.isEmpty()) {
      throw CallbackError.URL.refusal("IPv6 is not supported.");
    }
    Stream<InetAddress> refused = v4.stream().filter(this::isRefused);
    if (refused.findAny().isPresent()) {
      throw CallbackError.PRIVATE_ADDRESS.refusal();
    }
    return Optional.of(v4.getFirst());
  }

  private boolean isRefused(InetAddress address) {
    if (address.isLoopbackAddress()) {
      return publicOnly;
    }
    byte[] octets = address.getAddress();
    boolean carrierGrade = octets[0] == 100 && (octets[1] & 0xC0) == 64;
    boolean reserved = (octets[0] & 0xff) >= 224 || octets[0] == 0;
    return address.isSiteLocalAddress() || address.isLinkLocalAddress() || carrierGrade || reserved;
  }
}
