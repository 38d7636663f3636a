package quayside.callback.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import quayside.event.EventRecord;

/** What the journal's tests share: small limits, numbered records, reading all. */
final class Journals {
  static final JournalLimits SMALL =
      new JournalLimits(4096, 2000, 1 << 20, Duration.ofHours(1), 1000, 1 << 20, 0);
  static final DrainSettings QUICK =
      new DrainSettings(64, Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofMillis(10));

  private Journals() {}

  static Journal open(Storage storage) throws IOException {
    return open(storage, SMALL);
  }

  static Journal open(Storage storage, JournalLimits limits) throws IOException {
    return Journal.open(storage, limits, Clock.systemUTC());
  }

  static SimulatedDisk disk() {
    return new SimulatedDisk(new Random(1));
  }

  /** A record with a number to recognise it by. */
  static EventRecord record(long id) {
    return record(id, "bucket/object-" + id, 20);
  }

  static EventRecord record(long id, String key, int size) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_id", Long.toString(id));
    headers.put("ce_ingestpath", "callback");
    headers.put("ce_subject", "照片/" + id + ".jpg");
    return new EventRecord(key, headers, "x".repeat(size).getBytes(UTF_8));
  }

  static long id(EventRecord record) {
    return Long.parseLong(record.headers().get("ce_id"));
  }

  static Position append(Journal journal, long id) {
    return acknowledged(journal.append(record(id)).toCompletableFuture());
  }

  static void appendAll(Journal journal, long from, long to) {
    for (long id = from; id < to; id++) {
      append(journal, id);
    }
  }

  static Position acknowledged(CompletableFuture<Position> append) {
    try {
      return append.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("refused", e.getCause());
    } catch (Exception e) {
      throw new AssertionError("not answered", e);
    }
  }

  /** Why an append was refused. */
  static Refusal refusal(CompletableFuture<Position> append) {
    try {
      Position position = append.get(20, TimeUnit.SECONDS);
      throw new AssertionError("taken as " + position);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JournalRefusedException refused) {
        return refused.refusal();
      }
      throw new AssertionError("failed otherwise", e);
    } catch (Exception e) {
      throw new AssertionError("not answered", e);
    }
  }

  static Refusal refusal(Journal journal, long id) {
    return refusal(journal.append(record(id)).toCompletableFuture());
  }

  /** The ids of all records that wait, without publishing them. */
  static List<Long> waiting(Journal journal) throws IOException {
    List<Long> ids = new ArrayList<>();
    try (JournalReader reader = journal.reader()) {
      JournalReader.Batch batch = reader.read(7, 1 << 20);
      while (!batch.entries().isEmpty()) {
        batch.entries().forEach(entry -> ids.add(id(entry.record())));
        batch = reader.read(7, 1 << 20);
      }
    }
    return ids;
  }

  static List<Long> range(long from, long to) {
    List<Long> ids = new ArrayList<>();
    for (long id = from; id < to; id++) {
      ids.add(id);
    }
    return ids;
  }
}
