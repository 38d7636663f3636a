package quayside.grant;

import static quayside.log.LogField.BUCKET;
import static quayside.log.LogField.GRANT_ID;
import static quayside.log.LogField.OBJECT_KEY;
import static quayside.log.LogField.REASON;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import quayside.grant.token.GrantKeys;

/**
 * Takes requests for grants, whether this service can issue any or not, and counts what becomes of
 * them. Thread-safe.
 */
final class GrantDesk {
  private static final Logger LOG = Logger.getLogger(GrantDesk.class);
  private static final String ISSUED = "quayside.grant.issued";
  private static final String REFUSED = "quayside.grant.refused";
  private static final String NO_KEY =
      "there is no key to sign tokens with: quayside.grant.keys, quayside.grant.key-directory";

  private final Optional<GrantIssuer> issuer;
  private final List<String> missingSettings;
  private final GrantKeys keys;
  private final MeterRegistry metrics;

  /**
   * A desk.
   *
   * @param issuer empty when something is missing
   * @param missingSettings configuration keys without which nothing is issued
   */
  GrantDesk(
      Optional<GrantIssuer> issuer,
      List<String> missingSettings,
      GrantKeys keys,
      MeterRegistry metrics) {
    this.issuer = issuer;
    this.missingSettings = List.copyOf(missingSettings);
    this.keys = keys;
    this.metrics = metrics;
    for (UploadMethod method : UploadMethod.values()) {
      atZero(ISSUED, "Grants issued", "method", method.tag());
    }
    for (IssueRefusal reason : IssueRefusal.values()) {
      atZero(REFUSED, "Requests for a grant that were refused", "reason", reason.code());
    }
  }

  private void atZero(String name, String description, String tag, String value) {
    Counter.builder(name).description(description).tag(tag, value).register(metrics);
  }

  /**
   * Issues a grant.
   *
   * @throws NotIssuedException naming the rule that forbids it
   */
  IssuedGrant issue(byte[] body, Caller caller) throws NotIssuedException {
    IssuedGrant issued = issuer().issue(GrantRequestReader.read(body), caller);
    metrics.counter(ISSUED, "method", issued.method().tag()).increment();
    LOG.debugf(
        "grant issued %s %s %s",
        GRANT_ID.of(issued.id()), BUCKET.of(issued.bucket()), OBJECT_KEY.of(issued.key()));
    return issued;
  }

  /**
   * Issues the rest of a multipart upload.
   *
   * @throws NotIssuedException naming the rule that forbids it
   */
  IssuedParts issueParts(byte[] body, Caller caller) throws NotIssuedException {
    return issuer().issue(GrantRequestReader.readParts(body), caller);
  }

  /** Counts a refusal and says what it looks like. */
  Problem refuse(IssueRefusal reason, String detail) {
    metrics.counter(REFUSED, "reason", reason.code()).increment();
    LOG.infof("grant refused %s", REASON.of(reason.code()));
    return Problem.of(reason, detail);
  }

  /** Why nothing is issued now, for people; empty when something is. */
  Optional<String> obstacle() {
    if (issuer.isEmpty()) {
      return Optional.of("missing: " + String.join(", ", missingSettings));
    }
    return keys.current().signing().isEmpty() ? Optional.of(NO_KEY) : Optional.empty();
  }

  private GrantIssuer issuer() throws NotIssuedException {
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      throw new NotIssuedException(IssueRefusal.GRANTS_NOT_CONFIGURED, obstacle.get());
    }
    return issuer.orElseThrow();
  }
}
