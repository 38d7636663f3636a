package quayside.laptop.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what becomes of an upload and prints it; green and red on a terminal only. */
final class Report {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long PAUSE_MILLIS = 100;

  private final Pipeline pipeline;
  private final DeadLetters deadLetters;
  private final PrintStream out;
  private final boolean colours;
  private int missing;

  Report(Pipeline pipeline, DeadLetters deadLetters, PrintStream out, boolean colours) {
    this.pipeline = pipeline;
    this.deadLetters = deadLetters;
    this.out = out;
    this.colours = colours;
  }

  /** Prints what became of one upload. */
  void print(Upload upload) throws Exception {
    Sample sample = upload.sample();
    out.printf("%n%s  (%s)%n", sample.key(), upload.how());
    line("event", Optional.of(upload.eventId()));
    line("catalog", await(() -> pipeline.row(sample.key(), upload.eventId()).map(Report::row)));
    line(
        "search",
        await(() ->
            pipeline
                .hit(name(sample), sample.key(), upload.eventId())
                .map(h -> "q=" + name(sample))));
    if (sample.thumbnails()) {
      line(
          "thumbnails",
          await(() -> pipeline.row(sample.key(), upload.eventId()).flatMap(Report::thumbnails)));
    } else if (sample.mimeType().startsWith("image/")) {
      line("dead letter", await(() -> deadLetters.cause(upload.eventId())));
    }
  }

  /** How many of the expected effects did not come. */
  int missing() {
    return missing;
  }

  private static String row(JsonNode row) {
    return "%s, %d bytes, %s, trust: %s"
        .formatted(
            row.path("mimeType").asText(),
            row.path("size").asLong(),
            row.path("operation").asText(),
            row.path("verificationLevel").asText());
  }

  private static Optional<String> thumbnails(JsonNode row) {
    List<String> names = new ArrayList<>();
    for (JsonNode thumbnail : row.path("thumbnails")) {
      names.add(
          "%s %dx%d %s"
              .formatted(
                  thumbnail.path("preset").asText(),
                  thumbnail.path("width").asInt(),
                  thumbnail.path("height").asInt(),
                  thumbnail.path("mimeType").asText().replace("image/", "")));
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
  }

  private static String name(Sample sample) {
    String key = sample.key();
    return key.substring(key.lastIndexOf('/') + 1, key.lastIndexOf('.'));
  }

  private static Optional<String> await(Callable<Optional<String>> question) throws Exception {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    Optional<String> answer = question.call();
    while (answer.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(PAUSE_MILLIS);
      answer = question.call();
    }
    return answer;
  }

  private void line(String effect, Optional<String> outcome) {
    if (outcome.isEmpty()) {
      missing++;
    }
    String mark = outcome.isPresent() ? coloured("ok     ", 32) : coloured("missing", 31);
    out.printf("  %s  %-12s %s%n", mark, effect, outcome.orElse("nothing after 20 s"));
  }

  private String coloured(String text, int colour) {
    return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }
}
