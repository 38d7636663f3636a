package quayside.callback;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quayside.event.VerificationLevel;
import quayside.grant.token.GrantRefusal;
import quayside.grant.token.GrantRefusedException;
import quayside.grant.token.GrantVerifier;
import quayside.grant.token.UsedGrants;
import quayside.grant.token.VerifiedGrant;

/**
 * Decides whether a proven callback was allowed by us. A token that is not valid is refused even
 * where none is required: it is a forgery or a mistake, and nobody would learn of either.
 * Thread-safe; does not block.
 */
final class GrantCheck {
  private final GrantVerifier verifier;
  private final UsedGrants used;
  private final VerificationLevel requiredLevel;

  GrantCheck(GrantVerifier verifier, UsedGrants used, VerificationLevel requiredLevel) {
    this.verifier = verifier;
    this.used = used;
    this.requiredLevel = requiredLevel;
  }

  /** The grant that covers the upload; empty when there is none and none is required. */
  Optional<VerifiedGrant> check(SignedReport report) throws CallbackRefusedException {
    @Nullable String token = report.token();
    if (token != null) {
      return Optional.of(verify(token, report));
    }
    if (requiredLevel != VerificationLevel.SIGNATURE) {
      throw new CallbackRefusedException(RefusalReason.GRANT_REQUIRED);
    }
    return Optional.empty();
  }

  /**
   * Takes the grant for the event before it is stored, so that of two uploads at one time only one
   * has it, and gives it back when the event could not be stored.
   *
   * @throws CallbackRefusedException when another event has the grant
   */
  CompletableFuture<Durability> claimFor(
      String eventId, Optional<VerifiedGrant> grant, Supplier<CompletableFuture<Durability>> store)
      throws CallbackRefusedException {
    if (grant.isEmpty()) {
      return store.get();
    }
    VerifiedGrant granted = grant.get();
    try {
      used.claim(granted, eventId);
    } catch (GrantRefusedException e) {
      throw new CallbackRefusedException(e);
    }
    try {
      return store
          .get()
          .whenComplete((stored, failure) -> {
            if (failure != null) {
              used.release(granted, eventId);
            }
          });
    } catch (RuntimeException e) {
      used.release(granted, eventId);
      throw e;
    }
  }

  // Silence about bucket or key is filled from the grant; contradictions are not.
  private VerifiedGrant verify(String token, SignedReport report) throws CallbackRefusedException {
    try {
      VerifiedGrant grant = verifier.verify(token, report.upload());
      require(!report.namesBucket() || report.upload().bucket() != null, GrantRefusal.BUCKET);
      require(!report.namesKey() || report.upload().key() != null, GrantRefusal.KEY);
      return grant;
    } catch (GrantRefusedException e) {
      throw new CallbackRefusedException(e);
    }
  }

  private static void require(boolean holds, GrantRefusal otherwise)
      throws CallbackRefusedException {
    if (!holds) {
      throw new CallbackRefusedException(RefusalReason.of(otherwise));
    }
  }
}
