package quayside.sink.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quayside.oss.ObjectHead;

/**
 * What a look at the bucket means for an object: the decision, without its execution. The version
 * that the bucket has wins, whatever the sequences say.
 *
 * <p><b>Why it ends.</b> A look is caused by an event that is no verdict, either when it arrives,
 * which the inbox allows once, or when a verdict hides it, which happens once and only when it has
 * not been judged before. A look publishes one verdict at most. So there are at most two looks, and
 * two verdicts, per event that came from outside.
 */
sealed interface Settlement {

  /** What is held is what the bucket has. */
  record Confirmed() implements Settlement {}

  /** What is held is gone, as it says. */
  record StillGone() implements Settlement {}

  /** The object is held at its word, and the bucket has something else. */
  record Disputed(ObjectHead live) implements Settlement {}

  /** Neither agrees nor disagrees: the event did not name the version. */
  record Unknown() implements Settlement {}

  /** Another event describes what the bucket has. */
  record Overturned(StoredUpload winner, long sequence) implements Settlement {}

  /** The bucket has what no known event describes; one may still come and tell more. */
  record Observed(ObjectHead live, long sequence) implements Settlement {}

  /** The bucket has nothing. */
  record Gone(long sequence) implements Settlement {}

  /**
   * Decides.
   *
   * @param reason why the bucket was asked
   * @param held what the catalog holds, or null when it holds nothing
   * @param rivals the events that contradicted it, at any time
   * @param live what the bucket has, or null when the object is not there
   * @param asked when it was asked, in microseconds, before the answer
   */
  static Settlement decide(
      SettlementReason reason,
      @Nullable StoredUpload held,
      List<? extends StoredUpload> rivals,
      @Nullable ObjectHead live,
      long asked) {
    long newest =
        Stream.concat(Stream.ofNullable(held), rivals.stream())
            .mapToLong(known -> known.sequence)
            .max()
            .orElse(0);
    if (live == null) {
      return held == null || held.isDeleted()
          ? new StillGone()
          : new Gone(Math.max(asked, newest + 1));
    }
    Optional<StoredUpload> winner = winner(held, rivals, live);
    if (winner.isPresent()) {
      return winner.get() == held
          ? agreed(held, live)
          : new Overturned(winner.get(), Math.max(asked, newest + 1));
    }
    return unexplained(reason, held, live, newest);
  }

  private static Optional<StoredUpload> winner(
      @Nullable StoredUpload held, List<? extends StoredUpload> rivals, ObjectHead live) {
    return Stream.<StoredUpload>concat(Stream.ofNullable(held), rivals.stream())
        .filter(known -> !known.isDeleted() && live.etag().equals(known.etag))
        .max(
            Comparator.comparing((StoredUpload known) -> !known.data().bare())
                .thenComparing(known -> known == held)
                .thenComparing(known -> known.sequence));
  }

  private static Settlement agreed(StoredUpload held, ObjectHead live) {
    boolean sizeAgrees = held.size == null || Objects.equals(held.size, live.size());
    return sizeAgrees ? new Confirmed() : new Disputed(live);
  }

  private static Settlement unexplained(
      SettlementReason reason, @Nullable StoredUpload held, ObjectHead live, long newest) {
    if (reason == SettlementReason.CONFIRM && held != null && !held.isDeleted()) {
      return held.etag == null ? new Unknown() : new Disputed(live);
    }
    // Not later than necessary: the event that describes it may be under way, and tells more.
    return new Observed(live, newest + 1);
  }
}
