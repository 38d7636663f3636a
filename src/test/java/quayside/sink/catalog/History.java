package quayside.sink.catalog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectUploaded;
import quayside.event.ObjectUploaded.Verification;
import quayside.event.VerificationLevel;

/**
 * What happened to one object in its bucket, and the events that tell of it: their sequences may
 * contradict the true order by up to 4.8 seconds, because clocks do.
 *
 * @param events in the true order
 * @param live ETag that the bucket has in the end, or null when it has nothing
 */
record History(ObjectName name, List<CloudEvent<?>> events, @Nullable String live) {
  private static final long SECOND = 1_000_000;
  private static final long START = 1_790_000_000L * SECOND;

  /** When everything is over. */
  static final long END = START + 1000 * SECOND;

  /** A history of so many steps; the n-th upload has the n-th ETag. */
  static History random(ObjectName name, Random random, List<String> etags) {
    List<CloudEvent<?>> events = new ArrayList<>();
    String live = null;
    for (int step = 0; step < etags.size(); step++) {
      long skew = (long) ((random.nextDouble() * 2 - 1) * 2.4 * SECOND);
      // The last digits are the step's own, so that no two are equal.
      long sequence = (START + (step + 10) * SECOND + skew) / 100 * 100 + step;
      if (live != null && random.nextInt(4) == 0) {
        live = null;
        events.add(
            Verdict.gone(
                name.bucket(), name.key(), Instant.EPOCH.plus(sequence, ChronoUnit.MICROS)));
      } else {
        live = etags.get(step);
        events.add(upload(name, live, sequence));
      }
    }
    return new History(name, List.copyOf(events), live);
  }

  /** The events in any order, some of them more than once. */
  List<CloudEvent<?>> deliveries(Random random) {
    List<CloudEvent<?>> deliveries = new ArrayList<>(events);
    events.stream().filter(event -> random.nextInt(3) == 0).forEach(deliveries::add);
    java.util.Collections.shuffle(deliveries, random);
    return deliveries;
  }

  private static CloudEvent<ObjectUploaded> upload(ObjectName name, String etag, long sequence) {
    Instant time = Instant.ofEpochSecond(sequence / SECOND);
    return new CloudEvent<>(
        "callback-" + name.key() + "-" + sequence,
        "acs:oss:-:-:" + name.bucket(),
        EventType.OBJECT_UPLOADED_V1,
        name.key(),
        time,
        time,
        name.bucket() + "/" + name.key(),
        sequence,
        IngestPath.CALLBACK,
        null,
        new ObjectUploaded(
            name.bucket(),
            name.key(),
            etag,
            null,
            null,
            null,
            "text/plain",
            null,
            "PutObject",
            null,
            null,
            null,
            null,
            null,
            Map.of("x:etag", etag),
            Map.of(),
            new Verification(VerificationLevel.SIGNATURE, null, "1.0")));
  }
}
