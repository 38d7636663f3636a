package quayside.sink.catalog.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import quayside.event.CloudEvent;
import quayside.sink.catalog.Upload;
import quayside.sink.catalog.Verdict;

/**
 * What happens in a busy bucket, and how it is delivered: uploads, overwrites, thumbnails and
 * deletions of a few objects, out of order and some of them more than once.
 *
 * @param deliveries in the order in which Kafka gets them
 */
record EventStream(List<CloudEvent<?>> deliveries) {
  // Further apart than the catalog takes for a contradiction.
  private static final int SECONDS_APART = 10;
  private static final Instant BEGIN = Instant.parse("2026-11-01T08:00:00Z");

  /** A stream of so many events about so many objects. */
  static EventStream random(String bucket, int objects, int events, Random random) {
    Map<String, Upload> present = new HashMap<>();
    List<Delivery> deliveries = new ArrayList<>();
    for (int step = 1; step <= events; step++) {
      CloudEvent<?> event = next(bucket, "k" + random.nextInt(objects), step, present, random);
      deliveries.add(new Delivery(step + random.nextInt(20), event));
      if (random.nextInt(3) == 0) {
        deliveries.add(new Delivery(step + random.nextInt(100), event));
      }
      if (random.nextInt(10) == 0) {
        deliveries.add(new Delivery(step + random.nextInt(events), event));
      }
    }
    deliveries.sort(Comparator.comparingInt(Delivery::place));
    return new EventStream(deliveries.stream().<CloudEvent<?>>map(Delivery::event).toList());
  }

  private record Delivery(int place, CloudEvent<?> event) {}

  private static CloudEvent<?> next(
      String bucket, String key, int step, Map<String, Upload> present, Random random) {
    Instant time = BEGIN.plusSeconds((long) step * SECONDS_APART);
    Upload current = present.get(key);
    int what = random.nextInt(100);
    if (current != null && what < 25) {
      return current.thumbnails();
    }
    if (current != null && what < 40) {
      present.remove(key);
      return Verdict.gone(bucket, key, time);
    }
    Upload upload =
        Upload.of(bucket, key)
            .withSequence(Verdict.sequence(time))
            .withTime(time)
            .withEtag("ETAG-" + step);
    present.put(key, upload);
    return upload.event();
  }
}
