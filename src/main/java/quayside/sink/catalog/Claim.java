package quayside.sink.catalog;

import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectUploaded;

/**
 * What an event says of an object, as far as it can contradict another.
 *
 * @param state there or gone
 * @param etag which version, or null when it does not say
 * @param bare says nothing that only a callback can say
 * @param verdict comes from a look at the bucket that was made because of a contradiction
 * @param sequence its place in the order of the object's events
 */
record Claim(
    ObjectState state, @Nullable String etag, boolean bare, boolean verdict, long sequence) {

  /** Of an upload or a deletion; null for anything else, which contradicts nothing. */
  static @Nullable Claim of(CloudEvent<?> event) {
    boolean verdict = Verdict.isVerdict(event.id());
    return switch (event.data()) {
      case ObjectUploaded data ->
          new Claim(ObjectState.PRESENT, data.etag(), data.bare(), verdict, event.sequence());
      case ObjectDeleted data ->
          new Claim(ObjectState.DELETED, null, true, verdict, event.sequence());
      default -> null;
    };
  }

  /** True when the fence would let this replace the other. */
  boolean isNewerThan(Claim other) {
    return sequence > other.sequence;
  }

  /**
   * True when this and what is held for the object cannot both be taken at their word, so that the
   * bucket has to say. Two cases: they name different versions, and their sequences are so close
   * that clocks may have them wrong; or they name the same version, and the one that tells less
   * hides the other. A verdict only contradicts what it hides, and no other verdict.
   *
   * @param windowMicros the largest distance of two sequences that proves nothing
   */
  boolean contradicts(Claim held, long windowMicros) {
    if (verdict && (held.verdict || !isNewerThan(held))) {
      return false;
    }
    if (differsFrom(held)) {
      return Math.abs(sequence - held.sequence) <= windowMicros;
    }
    return state == ObjectState.PRESENT
        && held.state == ObjectState.PRESENT
        && etag != null
        && etag.equals(held.etag)
        && (isNewerThan(held) ? bare && !held.bare : held.bare && !bare);
  }

  private boolean differsFrom(Claim other) {
    return state != other.state || (etag != null && other.etag != null && !etag.equals(other.etag));
  }
}
