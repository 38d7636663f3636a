package quayside.grant.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers which upload each grant was used for, until the grant expires, so that it is used for
 * one only. The same upload, known by its event id, may come again: OSS tries several callback
 * URLs, and callbacks are repeated.
 *
 * <p>Bounded: when full, the grants nearest to their expiry are forgotten first, because refusing
 * instead would lose good uploads, which OSS does not report again. Forgetting, like a restart or a
 * second instance, has one effect: a grant can be used once more, within its time and limits, for a
 * different upload. The same callback bytes replayed give the same event id and are dropped by
 * every sink.
 *
 * <p>Grants are kept by the minute they expire in, which is part of the signed token, so what has
 * expired is dropped a minute at a time. Does not wait but for its own lock, held for some map
 * operations. Thread-safe.
 */
public final class UsedGrants {
  private static final long SLICE_SECONDS = 60;

  private final int capacity;
  private final Clock clock;
  private final TreeMap<Long, Map<GrantId, EventMark>> marksByMinute = new TreeMap<>();
  private int size;
  private long forgotten;

  /**
   * An empty memory.
   *
   * @param capacity grants remembered at most; each takes about 150 bytes
   */
  public UsedGrants(int capacity, Clock clock) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity + " must be at least 1");
    }
    this.capacity = capacity;
    this.clock = clock;
  }

  /**
   * Takes the grant for one upload.
   *
   * @param eventId of the upload
   * @throws GrantRefusedException {@link GrantRefusal#REPLAYED} when another upload has it
   */
  public synchronized void claim(VerifiedGrant grant, String eventId) throws GrantRefusedException {
    dropExpired();
    Map<GrantId, EventMark> slice =
        marksByMinute.computeIfAbsent(minute(grant), minute -> new HashMap<>());
    EventMark mark = EventMark.of(eventId);
    EventMark known = slice.putIfAbsent(grant.id(), mark);
    if (known == null) {
      size++;
      if (size > capacity) {
        forgetOne(grant.id());
      }
    } else if (!known.equals(mark)) {
      throw new GrantRefusedException(GrantRefusal.REPLAYED);
    }
  }

  /**
   * Gives the grant back, because the upload it was taken for could not be recorded: the uploader
   * is told so and may try again with the same grant.
   */
  public synchronized void release(VerifiedGrant grant, String eventId) {
    Map<GrantId, EventMark> slice = marksByMinute.get(minute(grant));
    if (slice != null && slice.remove(grant.id(), EventMark.of(eventId))) {
      size--;
    }
  }

  /** Grants remembered now. */
  public synchronized int size() {
    return size;
  }

  /** Grants forgotten before their time, since the start. */
  public synchronized long forgotten() {
    return forgotten;
  }

  /** The first 128 bits of the SHA-256 of an event id: of one size, however long the id is. */
  private record EventMark(long high, long low) {
    static EventMark of(String eventId) {
      try {
        byte[] utf8 = eventId.getBytes(StandardCharsets.UTF_8);
        ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(utf8));
        return new EventMark(hash.getLong(), hash.getLong());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  private void dropExpired() {
    Map<Long, Map<GrantId, EventMark>> expired =
        marksByMinute.headMap(Math.floorDiv(clock.instant().getEpochSecond(), SLICE_SECONDS));
    expired.values().forEach(slice -> size -= slice.size());
    expired.clear();
  }

  private void forgetOne(GrantId justClaimed) {
    for (Map<GrantId, EventMark> slice : marksByMinute.values()) {
      for (Iterator<GrantId> ids = slice.keySet().iterator(); ids.hasNext(); ) {
        if (!ids.next().equals(justClaimed)) {
          ids.remove();
          size--;
          forgotten++;
          return;
        }
      }
    }
  }

  private static long minute(VerifiedGrant grant) {
    return Math.floorDiv(grant.grant().expires().getEpochSecond(), SLICE_SECONDS);
  }
}
