package quayside.sink.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectUploaded;
import quayside.oss.ObjectHead;

/**
 * The catalog's rules for one object in memory: inbox, fence, contradictions and settlement, with
 * the product's own decisions ({@link Claim}, {@link Settlement}, {@link Verdict}).
 */
final class ModelCatalog {
  static final long WINDOW = 5_000_000;

  private final Set<String> inbox = new HashSet<>();
  private final List<ObjectEntity> rivals = new ArrayList<>();
  private @Nullable ObjectEntity held;
  private boolean toBeLookedAt;
  private int looks;

  /** Applies a delivery. */
  void apply(CloudEvent<?> event) {
    if (!inbox.add(event.id())) {
      return;
    }
    ObjectEntity next = stored(event);
    boolean newer = held == null || next.sequence > held.sequence;
    if (held != null && contradicts(event, held)) {
      rivals.add(newer ? held : next);
      toBeLookedAt = true;
    }
    if (newer) {
      held = next;
    }
  }

  /** Looks at the bucket if there is reason to; returns the verdict, if there is one. */
  Optional<CloudEvent<?>> look(@Nullable String live, ObjectName name) {
    if (!toBeLookedAt) {
      return Optional.empty();
    }
    toBeLookedAt = false;
    looks++;
    ObjectHead head =
        live == null ? null : new ObjectHead(live, 1, "text/plain", Instant.EPOCH, Map.of());
    Instant now = Instant.ofEpochSecond(History.END / 1_000_000);
    return switch (Settlement.decide(
        SettlementReason.CONFLICT, held, rivals, head, History.END + looks)) {
      case Settlement.Overturned won -> {
        rivals.add(Objects.requireNonNull(held));
        yield Optional.of(Verdict.won(won.winner(), now, won.sequence()));
      }
      case Settlement.Observed observed -> {
        rivals.add(Objects.requireNonNull(held));
        yield Optional.of(
            Verdict.observed(name, observed.live(), now, observed.sequence(), held.eventId));
      }
      case Settlement.Gone gone -> {
        rivals.add(Objects.requireNonNull(held));
        yield Optional.of(Verdict.noneLeft(name, now, gone.sequence()));
      }
      case Settlement.Confirmed ignored -> Optional.empty();
      case Settlement.Disputed ignored -> Optional.empty();
      case Settlement.StillGone ignored -> Optional.empty();
      case Settlement.Unknown ignored -> Optional.empty();
    };
  }

  boolean isToBeLookedAt() {
    return toBeLookedAt;
  }

  int looks() {
    return looks;
  }

  ObjectEntity held() {
    return Objects.requireNonNull(held);
  }

  // As the statement of Contradictions: a verdict does not reopen what has been judged.
  private boolean contradicts(CloudEvent<?> event, ObjectEntity current) {
    Claim claim = Objects.requireNonNull(Claim.of(event));
    Claim other =
        new Claim(
            current.isDeleted() ? ObjectState.DELETED : ObjectState.PRESENT,
            current.etag,
            current.data().bare(),
            Verdict.isVerdict(current.eventId),
            current.sequence);
    boolean judged = rivals.stream().anyMatch(rival -> rival.eventId.equals(current.eventId));
    return claim.contradicts(other, WINDOW) && !(claim.verdict() && judged);
  }

  private static ObjectEntity stored(CloudEvent<?> event) {
    ObjectEntity entity = new ObjectEntity();
    entity.eventSource = event.source();
    entity.eventId = event.id();
    entity.sequence = event.sequence();
    entity.uploadedAt = event.time();
    entity.recordedAt = event.recordedTime();
    entity.verificationLevel = "signature";
    switch (event.data()) {
      case ObjectUploaded data -> {
        entity.name = new ObjectName(String.valueOf(data.bucket()), String.valueOf(data.key()));
        entity.state = "present";
        entity.etag = data.etag();
        entity.size = data.size();
        entity.operation = data.operation();
        entity.variables = data.variables();
        entity.fields = data.fields();
      }
      case ObjectDeleted data -> {
        entity.name = new ObjectName(data.bucket(), data.key());
        entity.state = "deleted";
        entity.variables = Map.of();
        entity.fields = Map.of();
      }
      default -> throw new IllegalArgumentException(event.type().ceType());
    }
    return entity;
  }
}
