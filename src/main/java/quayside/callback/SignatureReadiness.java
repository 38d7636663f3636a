package quayside.callback;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.signature.SignatureRefusedException;

/**
 * Not ready when this runtime cannot verify a documented callback: it would refuse every one.
 * Tested once, at start, where callbacks are received.
 */
@Readiness
@Singleton
class SignatureReadiness implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(SignatureReadiness.class);

  private final HealthCheckResponse result;

  SignatureReadiness(CallbackVerifier verifier, Roles roles) {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("Callback signatures");
    this.result =
        roles.include(Role.CALLBACK)
            ? response.status(works(verifier)).build()
            : response.up().withData("enabled", false).build();
  }

  @Override
  public HealthCheckResponse call() {
    return result;
  }

  private static boolean works(CallbackVerifier verifier) {
    try {
      verifier.testItself();
      return true;
    } catch (SignatureRefusedException | RuntimeException e) {
      LOG.error(
          "This runtime does not verify OSS callbacks: is RSA with 512 bits or MD5 disabled?", e);
      return false;
    }
  }
}
