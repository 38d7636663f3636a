package quayside.grant.template;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where OSS calls back.
 *
 * @param urls tried in turn until one succeeds; at most five (the service's limit)
 * @param host value of the {@code Host} header, when it is not the URL's
 */
public record CallbackTarget(List<URI> urls, Optional<String> host) {
  private static final int MAX_URLS = 5;

  public CallbackTarget {
    urls = List.copyOf(urls);
    if (urls.isEmpty() || urls.size() > MAX_URLS) {
      throw new IllegalArgumentException("callback URLs " + urls + " must be 1 to " + MAX_URLS);
    }
    urls.forEach(CallbackTarget::requireUsable);
    host.ifPresent(CallbackTarget::requireHost);
  }

  /** The member {@code callbackUrl}. */
  String joinedUrls() {
    return urls.stream().map(URI::toString).collect(Collectors.joining(";"));
  }

  /** Whether OSS must send the host name in the TLS handshake; by default it does not. */
  boolean needsServerName() {
    return urls.stream().anyMatch(url -> url.getScheme().equals("https"));
  }

  private static void requireUsable(URI url) {
    String scheme = String.valueOf(url.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "callback URL " + url + " must be a full http or https URL");
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "callback URL " + url + " must have no user info or fragment");
    }
    if (url.toString().indexOf(';') >= 0 || !url.toString().equals(url.toASCIIString())) {
      throw new IllegalArgumentException(
          "callback URL " + url + " must be ASCII without semicolons");
    }
    // Receivers disagree on how to decode these in the path that OSS signs.
    if (url.getRawPath().matches(".*[%+].*")) {
      throw new IllegalArgumentException(
          "callback URL " + url + " must have no + or % in its path");
    }
    if (url.getHost().startsWith("[")) {
      throw new IllegalArgumentException("callback URL " + url + " must not be an IPv6 address");
    }
  }

  private static void requireHost(String host) {
    if (!host.matches("[A-Za-z0-9.:-]{1,255}")) {
      throw new IllegalArgumentException("callback host " + host + " must be a host name");
    }
  }
}
