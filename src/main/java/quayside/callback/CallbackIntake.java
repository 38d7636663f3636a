package quayside.callback;

import static quayside.log.LogField.DEFECTS;
import static quayside.log.LogField.DURABILITY;
import static quayside.log.LogField.EVENT_ID;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import quayside.callback.CallbackVerifier.VerifiedCallback;
import quayside.event.CloudEvent;
import quayside.event.EventRecord;
import quayside.event.ObjectUploaded;
import quayside.grant.token.VerifiedGrant;

/**
 * The one place where callbacks are decided: verify the signature, parse, check the grant,
 * translate, apply the rules, write, hand over, answer. Whatever arrives leaves with exactly one
 * answer, one count and, unless it was published, one log line. An unexpected error on the way is a
 * failure, never a success. Thread-safe; does not block.
 */
final class CallbackIntake {
  private static final Logger LOG = Logger.getLogger(CallbackIntake.class);

  private final CallbackVerifier verifier;
  private final BodyParser parser;
  private final CallbackConfig.Fields names;
  private final GrantCheck grants;
  private final ObjectUploadedFactory events;
  private final RuleCheck rules;
  private final UploadWriter writer;
  private final EventOutbox outbox;
  private final CallbackMetrics metrics;

  CallbackIntake(
      CallbackConfig config,
      CallbackVerifier verifier,
      GrantCheck grants,
      ObjectUploadedFactory events,
      RuleCheck rules,
      UploadWriter writer,
      EventOutbox outbox,
      CallbackMetrics metrics) {
    this.verifier = verifier;
    this.parser = new BodyParser();
    this.names = config.fields();
    this.grants = grants;
    this.events = events;
    this.rules = rules;
    this.writer = writer;
    this.outbox = outbox;
    this.metrics = metrics;
  }

  /**
   * Decides a callback that has arrived as a whole. Never fails.
   *
   * @param deadline when the answer is due; its event loop must be the caller's
   * @param client who sent it, for the log
   */
  CompletableFuture<Answer> receive(
      UnverifiedCallback callback, Deadline deadline, ClientAddress client) {
    return publish(callback, deadline)
        .exceptionally(failure -> refuse(failure, callback.headers(), client));
  }

  /** The answer to what is not accepted: counted, and logged in one line. */
  Answer refuse(Throwable failure, CallbackHeaders hints, ClientAddress client) {
    Throwable cause = Failures.unwrap(failure);
    RefusalReason reason =
        cause instanceof CallbackRefusedException refused
            ? refused.reason()
            : RefusalReason.INTERNAL_ERROR;
    metrics.refused(reason);
    RefusalLine.log(reason, cause, hints, client);
    return Answer.refused(reason);
  }

  private CompletableFuture<Answer> publish(UnverifiedCallback callback, Deadline deadline) {
    try {
      VerifiedCallback verified = verifier.verify(callback);
      CallbackBody body =
          parser.parse(verified.body(), verified.hint(CallbackHeaders.CONTENT_TYPE));
      SignedReport report = SignedReport.of(body, names);
      Optional<VerifiedGrant> grant = grants.check(report);
      CloudEvent<ObjectUploaded> event =
          rules.check(
              events.create(verified, report, grant), verified.hint(CallbackHeaders.BUCKET));
      EventRecord record = writer.write(event);
      return grants
          .claimFor(event.id(), grant, () -> outbox.store(record, deadline))
          .thenApply(how -> accepted(how, event, body));
    } catch (CallbackRefusedException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
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
}
