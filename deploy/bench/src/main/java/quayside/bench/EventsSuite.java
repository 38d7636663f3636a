package quayside.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quayside.bench.load.SigningKey;
import quayside.bench.load.Uploads;
import quayside.bench.report.Measure;

/**
 * One million events through all sinks, the timeline and the state topic, in parts: processor time
 * of an event in the last parts beside the first ones, and memory. The events are about documents:
 * the thumbnail sink looks at each and passes it over, since a million images would measure
 * libvips. Part by part: the next one is published when all groups have committed the one before.
 */
final class EventsSuite {
  private static final String TOPIC = "oss.object.uploaded.v1";
  private static final int PART = 10_000;
  private static final double MEBIBYTE = 1 << 20;
  private static final long FIRST_OF_WARM_UP = 1_000_000_000;

  // Some collectors have one line for the heap, others one for each generation.
  private static final Pattern USED =
      Pattern.compile(
          "(?m)^\\s*(?:garbage-first|DefNew|Tenured|PSYoungGen|ParOldGen).*used (\\d+)K");

  private final Parts parts;
  private final Stack stack;
  private final List<Double> application = new ArrayList<>();
  private final List<Double> database = new ArrayList<>();
  private final List<Double> resident = new ArrayList<>();
  private final List<Double> live = new ArrayList<>();
  private long published;

  EventsSuite(Parts parts, Stack stack) {
    this.parts = parts;
    this.stack = stack;
  }

  List<Measure> run() throws IOException, InterruptedException, SQLException {
    int total = parts.atFullLength(100, 6);
    int compared = parts.atFullLength(5, 2);
    try (Application everything =
            Application.start(
                parts, stack, SigningKey.generate(), List.of("quayside.thumbnail.engine=vips"));
        Uploads uploads = new Uploads(stack.kafka(), TOPIC);
        Groups groups = new Groups(stack.kafka())) {
      Parts.progress("Warming up ...");
      for (int part = 0; part < parts.atFullLength(10, 2); part++) {
        apply(everything, uploads, groups, FIRST_OF_WARM_UP + part * PART);
      }
      stack.execute(
          "truncate catalog.object, catalog.object_version, catalog.inbox, catalog.rival, catalog.settlement",
          "truncate search.documents, search.thumbnails, timeline.entry",
          "checkpoint");
      application.clear();
      database.clear();
      for (int part = 0; part < total; part++) {
        apply(everything, uploads, groups, (long) part * PART);
        resident.add(everything.process().residentBytes() / MEBIBYTE);
        if ((part + 1) % Math.max(1, total / 5) == 0) {
          live.add(liveBytes(everything.process().pid()) / MEBIBYTE);
        }
        Parts.progress(
            "%,d events: %.0f us CPU each, PostgreSQL %.0f us, %.0f MiB resident",
            (part + 1) * PART, application.getLast(), database.getLast(), resident.getLast());
      }
    }
    return measures(total, compared);
  }

  private void apply(Application everything, Uploads uploads, Groups groups, long first)
      throws IOException, InterruptedException {
    Duration before = everything.tree().cpuTime();
    Duration databaseBefore = stack.postgres().cpuTime();
    uploads.publishDocuments(first, PART);
    published += PART;
    for (String sink : List.of("catalog", "search", "thumbnail", "state")) {
      groups.await("quayside-" + sink, TOPIC, published);
    }
    groups.awaitEnd("quayside-timeline");
    application.add(micros(everything.tree().cpuTime().minus(before)));
    database.add(micros(stack.postgres().cpuTime().minus(databaseBefore)));
  }

  private static double micros(Duration ofPart) {
    return ofPart.toNanos() / 1000.0 / PART;
  }

  private List<Measure> measures(int total, int compared) {
    String events = "%,d events".formatted(total * PART);
    String early = "first %,d".formatted(compared * PART);
    int fifth = Math.max(1, total / 5);
    return List.of(
        Measure.of(
                "CPU of an event, all sinks, at " + events,
                late(application, compared),
                "us",
                early,
                early(application, compared))
            .ratioAtMost(1.1),
        Measure.of(
            "CPU of PostgreSQL for it, at " + events,
            late(database, compared),
            "us",
            early,
            early(database, compared)),
        Measure.of(
                "resident memory after " + events,
                late(resident, fifth),
                "MiB",
                "after a fifth",
                Parts.median(resident.subList(fifth - 1, Math.min(2 * fifth, total))))
            .ratioAtMost(1.1),
        Measure.of(
                "heap in use after a collection, after " + events,
                live.getLast(),
                "MiB",
                "after a fifth",
                live.getFirst())
            .ratioAtMost(1.1));
  }

  private static double early(List<Double> values, int count) {
    return Parts.median(values.subList(0, count));
  }

  private static double late(List<Double> values, int count) {
    return Parts.median(values.subList(values.size() - count, values.size()));
  }

  private static double liveBytes(long pid) throws IOException, InterruptedException {
    String unused = jcmd(pid, "GC.run");
    double used = 0;
    Matcher parts = USED.matcher(jcmd(pid, "GC.heap_info"));
    while (parts.find()) {
      used += Double.parseDouble(parts.group(1)) * 1024;
    }
    if (used == 0) {
      throw new IOException("jcmd does not tell how much of the heap is used");
    }
    return used;
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(program.toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
