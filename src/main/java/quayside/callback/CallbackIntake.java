package quayside.callback;

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

  /** Answers a request whose body was read, or could not be, within its time. Never fails. */
  Uni<Answer> receive(Uni<UnverifiedCallback> request, Deadline deadline) {
    return request
        .onItem()
        .transformToUni(callback ->
            publish(callback, deadline)
                .onFailure()
                .recoverWithItem(failure -> refuse(failure, callback.headers())))
        .onFailure()
        .recoverWithItem(failure -> refuse(failure, CallbackHeaders.NONE));
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
    LOG.debugf("Callback accepted eventId=%s %s defects=%s", event.id(), how, body.defects());
    return Answer.published(event.id());
  }

  private Answer refuse(Throwable failure, CallbackHeaders hints) {
    RefusalReason reason =
        failure instanceof CallbackRefusedException refused
            ? refused.reason()
            : RefusalReason.INTERNAL_ERROR;
    metrics.refused(reason);
    String line = "Callback refused reason=" + reason.code() + context(hints) + cause(failure);
    if (reason == RefusalReason.INTERNAL_ERROR) {
      LOG.error(line, failure);
    } else {
      LOG.log(reason.warn() ? Logger.Level.WARN : Logger.Level.INFO, line);
    }
    return Answer.refused(reason);
  }

  // Only what has the form it should have: header values are the sender's text.
  private static String context(CallbackHeaders hints) {
    String requestId = OssValues.requestId(hints.hint(CallbackHeaders.REQUEST_ID));
    String bucket = hints.hint(CallbackHeaders.BUCKET);
    return (requestId == null ? "" : " requestId=" + requestId)
        + (bucket == null || OssValues.bucket(bucket) == null ? "" : " bucket=" + bucket);
  }

  private static String cause(Throwable failure) {
    return failure.getCause() == null ? "" : " cause=" + failure.getCause();
  }
}
