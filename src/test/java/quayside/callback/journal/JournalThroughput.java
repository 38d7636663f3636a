package quayside.callback.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import quayside.event.EventRecord;

/**
 * Prints how many records of an event's usual size the journal acknowledges and drains per second
 * on this disk, with a broker that answers at once. Run by hand: {@code java … JournalThroughput
 * <directory> [records] [in flight]}.
 */
final class JournalThroughput {

  private JournalThroughput() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "journal");
    int records = args.length > 1 ? Integer.parseInt(args[1]) : 200_000;
    int inFlight = args.length > 2 ? Integer.parseInt(args[2]) : 256;
    for (int round = 0; round < 3; round++) {
      Path own = directory.resolve("round-" + round);
      append(own, records, inFlight);
      reopenAndDrain(own, records);
    }
  }

  private static void append(Path directory, int records, int inFlight) throws Exception {
    try (Journal journal = Journal.open(directory, JournalLimits.DEFAULT, Clock.systemUTC())) {
      Semaphore permits = new Semaphore(inFlight);
      long start = System.nanoTime();
      for (int id = 0; id < records; id++) {
        permits.acquire();
        var unused = journal.append(event(id)).whenComplete((position, e) -> permits.release());
      }
      permits.acquire(inFlight);
      print("appended and fsynced", records, start);
      System.out.printf(
          "  %d bytes a record, refused %s%n",
          journal.stats().bytes() / records, journal.stats().refused());
    }
  }

  private static void reopenAndDrain(Path directory, int records) throws Exception {
    long opening = System.nanoTime();
    try (Journal journal = Journal.open(directory, JournalLimits.DEFAULT, Clock.systemUTC());
        ExecutorService broker = Executors.newSingleThreadExecutor()) {
      print("recovered", records, opening);
      long start = System.nanoTime();
      Publisher publisher = record -> answer(broker);
      try (JournalDrainer drainer =
          JournalDrainer.start(journal, publisher, DrainSettings.DEFAULT)) {
        while (journal.stats().depth() > 0) {
          Thread.onSpinWait();
        }
        print("drained by " + drainer.getClass().getSimpleName(), records, start);
      }
    }
  }

  private static CompletableFuture<Void> answer(Executor broker) {
    return CompletableFuture.runAsync(() -> {}, broker);
  }

  private static EventRecord event(int id) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", "5C1B138A109F4E405B2D" + id);
    headers.put("ce_source", "acs:oss:cn-hangzhou:1234567890:uploads");
    headers.put("ce_type", "io.quayside.object.uploaded.v1");
    headers.put("ce_subject", "photos/2026/" + id + ".jpg");
    headers.put("ce_time", "2026-01-01T00:00:00Z");
    headers.put("ce_dataschema", "https://quayside.io/schemas/object-uploaded/v1.json");
    headers.put("ce_sequence", Long.toString(1_700_000_000_000_000L + id));
    headers.put("ce_ingestpath", "callback");
    headers.put("content-type", "application/json");
    return new EventRecord("uploads/photos/2026/" + id + ".jpg", headers, new byte[900]);
  }

  private static void print(String what, int records, long startNanos) throws IOException {
    Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
    System.out.printf(
        "%-32s %8.0f/s  (%d in %s)%n", what, records * 1e9 / took.toNanos(), records, took);
  }
}
