package quayside.callback;

import static quayside.log.LogField.DEFECTS;
import static quayside.log.LogField.DURABILITY;
import static quayside.log.LogField.EVENT_ID;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.callback.CallbackVerifier.VerifiedCallback;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.grant.token.VerifiedGrant;

/**
 * The one place where callbacks are decided: verify the signature, parse, check the grant,
 * translate, hand over, answer. Whatever arrives leaves with exactly one answer, one count and,
 * unless it was published, one log line. An unexpected error on the way is a failure, never a
 * success. Thread-safe; does not block.
 */
final class CallbackIntake {
  private static final Logger LOG = Logger.getLogger(CallbackIntake.class);

  private final CallbackVerifier verifier;
  private final BodyParser parser;
  private final CallbackConfig.Fields names;
  private final GrantCheck grants;
  private final ObjectUploadedFactory events;
  private final EventOutbox outbox;
  private final CallbackMetrics metrics;
  private final Optional<Set<String>> buckets;

  CallbackIntake(
      CallbackConfig config,
      CallbackVerifier verifier,
      GrantCheck grants,
      ObjectUploadedFactory events,
      EventOutbox outbox,
      CallbackMetrics metrics) {
    this.verifier = verifier;
    this.parser = new BodyParser();
    this.names = config.fields();
    this.grants = grants;
    this.events = events;
    this.outbox = outbox;
    this.metrics = metrics;
    this.buckets = config.buckets().map(Set::copyOf);
  }

  /**
   * Answers a request whose body was read, or could not be, within its time. Never fails.
   *
   * @param client who sent it, for the log
   */
  Uni<Answer> receive(Uni<UnverifiedCallback> request, Deadline deadline, ClientAddress client) {
    return request
        .onItem()
        .transformToUni(callback ->
            publish(callback, deadline)
                .onFailure()
                .recoverWithItem(failure -> refuse(failure, callback.headers(), client)))
        .onFailure()
        .recoverWithItem(failure -> refuse(failure, CallbackHeaders.NONE, client));
  }

  private Uni<Answer> publish(UnverifiedCallback callback, Deadline deadline) {
    try {
      VerifiedCallback verified = verifier.verify(callback);
      CallbackBody body =
          parser.parse(verified.body(), verified.hint(CallbackHeaders.CONTENT_TYPE));
      SignedReport report = SignedReport.of(body, names);
      Optional<VerifiedGrant> grant = grants.check(report);
      CloudEvent<ObjectUploaded> event = events.create(verified, report, grant);
      requireAllowedBucket(verified, event.data());
      return grants
          .claimFor(event.id(), grant, outbox.store(event, deadline))
          .map(how -> accepted(how, event, body));
    } catch (CallbackRefusedException | RuntimeException e) {
      return Uni.createFrom().failure(e);
    }
  }

  // Whoever makes OSS call us from a bucket of their own can name any bucket in the body, but not
  // in the header.
  private void requireAllowedBucket(VerifiedCallback callback, ObjectUploaded data)
      throws CallbackRefusedException {
    if (buckets.isEmpty()) {
      return;
    }
    String header = callback.hint(CallbackHeaders.BUCKET);
    if (!isAllowed(data.bucket()) || (header != null && !isAllowed(header))) {
      throw new CallbackRefusedException(RefusalReason.BUCKET_NOT_ALLOWED);
    }
  }

  private boolean isAllowed(@Nullable String bucket) {
    return bucket != null && buckets.orElseThrow().contains(bucket);
  }

  private Answer accepted(Durability how, CloudEvent<ObjectUploaded> event, CallbackBody body) {
    metrics.accepted(how, body.defects());
    if (LOG.isDebugEnabled()) {
      LOG.debugf(
          "callback accepted %s %s %s",
          EVENT_ID.of(event.id()), DURABILITY.of(how), DEFECTS.of(body.defects()));
    }
    return Answer.published(event.id());
  }

  private Answer refuse(Throwable failure, CallbackHeaders hints, ClientAddress client) {
    RefusalReason reason =
        failure instanceof CallbackRefusedException refused
            ? refused.reason()
            : RefusalReason.INTERNAL_ERROR;
    metrics.refused(reason);
    RefusalLine.log(reason, failure, hints, client);
    return Answer.refused(reason);
  }
}
