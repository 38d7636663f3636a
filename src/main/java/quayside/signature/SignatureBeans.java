package quayside.signature;

import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Trusted keys and external paths, read once; anything wrong with them stops the start. */
@Dependent
class SignatureBeans {

  @Produces
  @Singleton
  KeyRing keys(TrustedKeysConfig config) {
    return new KeyRing(AdditionalKeys.read(config.keys(), ConfigUtils.getProfiles()));
  }

  @Produces
  @Singleton
  ExternalPaths externalPaths(ExternalPathsConfig config) {
    return new ExternalPaths(config.externalPaths());
  }
}
