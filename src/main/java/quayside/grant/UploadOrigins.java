package quayside.grant;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import quayside.grant.signature.OssAddress;

/** Where a page sends uploads that we grant: what a Content-Security-Policy must let through. */
@Singleton
public class UploadOrigins {
  private final GrantConfig config;

  UploadOrigins(GrantConfig config) {
    this.config = config;
  }

  /** Origins, one for each bucket where its name is part of the host; empty without an endpoint. */
  public List<String> all() {
    Optional<URI> endpoint = config.oss().endpoint();
    if (endpoint.isEmpty()) {
      return List.of();
    }
    OssAddress address = new OssAddress(endpoint.get(), config.oss().addressing());
    return config.buckets().keySet().stream().map(address::origin).distinct().sorted().toList();
  }
}
