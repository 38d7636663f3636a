package quayside.sink.catalog;

import static quayside.log.LogField.BUCKET;
import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.OBJECT_KEY;
import static quayside.log.LogField.REASON;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.oss.BucketNotFoundException;
import quayside.oss.ObjectHead;
import quayside.oss.ObjectNotFoundException;
import quayside.oss.ObjectRefusedException;
import quayside.oss.ObjectStore;
import quayside.oss.ObjectStoreUnavailableException;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.ObservedEvents;

/**
 * Looks at one object in its bucket and does what follows. Everything it does may be done again: a
 * crash between two steps costs a repetition. Thread-safe.
 */
@ApplicationScoped
class Settling {
  private static final Logger LOG = Logger.getLogger(Settling.class);

  private final ObjectStore store;
  private final SettlementLedger ledger;
  private final ObservedEvents events;
  private final CatalogMetrics metrics;
  private final Clock clock;

  Settling(
      ObjectStore store,
      SettlementLedger ledger,
      ObservedEvents events,
      CatalogMetrics metrics,
      Clock clock) {
    this.store = store;
    this.ledger = ledger;
    this.events = events;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Settles one object.
   *
   * @throws DependencyUnavailableException when OSS or Kafka is away; worth another try
   */
  void settle(ObjectName name, SettlementReason reason) throws DependencyUnavailableException {
    Instant asked = clock.instant();
    ObjectHead live;
    try {
      live = look(name);
    } catch (ObjectRefusedException | BucketNotFoundException e) {
      ledger.leaveOpen(name);
      tell(name, e instanceof BucketNotFoundException ? "no-bucket" : "refused", e.getMessage());
      return;
    } catch (ObjectStoreUnavailableException e) {
      throw new DependencyUnavailableException(String.valueOf(e.getMessage()), e);
    }
    SettlementLedger.Known known = ledger.known(name);
    execute(
        name,
        known,
        Settlement.decide(reason, known.held(), known.rivals(), live, Verdict.sequence(asked)),
        live,
        asked);
  }

  private @Nullable ObjectHead look(ObjectName name)
      throws BucketNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    try {
      return store.head(name.bucket(), name.key());
    } catch (BucketNotFoundException e) {
      throw e;
    } catch (ObjectNotFoundException e) {
      return null;
    }
  }

  // What was judged is marked before the verdict is out, so that the verdict opens nothing anew.
  private void execute(
      ObjectName name,
      SettlementLedger.Known known,
      Settlement settlement,
      @Nullable ObjectHead live,
      Instant asked)
      throws DependencyUnavailableException {
    String etag = live == null ? null : live.etag();
    switch (settlement) {
      case Settlement.Confirmed confirmed -> {
        ledger.judge(name, etag);
        ledger.confirm(known.requireHeld());
      }
      case Settlement.StillGone gone -> ledger.judge(name, null);
      case Settlement.Disputed disputed -> {
        ledger.judge(name, etag);
        ledger.dispute(known.requireHeld(), disputed.live());
      }
      case Settlement.Unknown unknown -> {}
      case Settlement.Overturned overturned -> {
        ledger.supersede(name, etag);
        events.uploaded(Verdict.won(overturned.winner(), clock.instant(), overturned.sequence()));
      }
      case Settlement.Observed observed -> {
        ledger.supersede(name, etag);
        events.uploaded(
            Verdict.observed(
                name, observed.live(), clock.instant(), observed.sequence(), known.cause()));
      }
      case Settlement.Gone gone -> {
        ledger.supersede(name, null);
        events.deleted(Verdict.noneLeft(name, asked, gone.sequence()));
      }
    }
    report(name, settlement, known);
  }

  private void report(ObjectName name, Settlement settlement, SettlementLedger.Known known) {
    String outcome = settlement.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    if (settlement instanceof Settlement.Disputed(ObjectHead live)) {
      ObjectEntity held = known.requireHeld();
      tell(
          name,
          outcome,
          "the event says etag %s and %s bytes, the bucket has etag %s and %d bytes"
              .formatted(held.etag, held.size, live.etag(), live.size()));
    } else {
      metrics.settled(outcome);
      LOG.debugf(
          "settled %s %s %s",
          BUCKET.of(name.bucket()), OBJECT_KEY.of(name.key()), REASON.of(outcome));
    }
  }

  private void tell(ObjectName name, String outcome, @Nullable String cause) {
    metrics.settled(outcome);
    LOG.warnf(
        "the bucket does not agree %s %s %s %s",
        BUCKET.of(name.bucket()), OBJECT_KEY.of(name.key()), REASON.of(outcome), CAUSE.of(cause));
  }
}
