package quayside.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import quayside.bench.load.Bucket;
import quayside.bench.load.Callbacks;
import quayside.bench.load.HttpLoad;
import quayside.bench.load.Photo;
import quayside.bench.load.SigningKey;
import quayside.bench.load.Uploads.Upload;
import quayside.bench.report.Measure;

/**
 * How long uploads take to show: signed callbacks at a steady rate, whatever becomes of them; of
 * each the time from when it was due until its row is in the catalog, its document in the index and
 * its thumbnails in the catalog, looked for every ten milliseconds. Photos are asked for by the
 * search API as well. Everything of the application is on, with its usual presets and formats.
 */
final class PipelineSuite {
  private static final int RATE = 50;
  private static final int PHOTO_EVERY = 20;
  private static final int OPEN_LIMIT = 500;
  private static final int LOOK_MILLIS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Parts parts;
  private final Stack stack;
  private final SigningKey key = SigningKey.generate();
  private final Callbacks callbacks = new Callbacks(key);
  private final Photo photo = Photo.of(1632, 1224);
  private long next;

  PipelineSuite(Parts parts, Stack stack) {
    this.parts = parts;
    this.stack = stack;
  }

  List<Measure> run() throws IOException, InterruptedException, SQLException {
    try (Application application =
            Application.start(parts, stack, key, List.of("quayside.thumbnail.engine=vips"));
        Bucket bucket = new Bucket(stack.oss())) {
      Parts.progress("Warming up ...");
      warmUp(application, uploads(bucket, parts.atFullLength(150, 20)));
      Run run = new Run(application.port(), uploads(bucket, parts.atFullLength(120, 15)));
      run.execute();
      return run.measures();
    }
  }

  // As fast as two at a time go; how many are accepted of the very first ones does not matter.
  private void warmUp(Application application, List<Upload> uploads)
      throws IOException, InterruptedException {
    byte[][] requests = callbacks.requests(uploads, Callbacks.Connection.CLOSE);
    try (HttpLoad load = new HttpLoad(application.port(), requests, Callbacks.Connection.CLOSE);
        Groups groups = new Groups(stack.kafka())) {
      Parts.progress("Warmed up: %s", load.closedLoop(2).counts());
      for (String sink : List.of("catalog", "search", "thumbnail", "timeline")) {
        groups.awaitEnd("quayside-" + sink);
      }
    }
  }

  // Photos are in the bucket before their callback is sent, as it is in life.
  private List<Upload> uploads(Bucket bucket, int seconds)
      throws IOException, InterruptedException {
    List<Upload> uploads = new ArrayList<>();
    for (int i = 0; i < seconds * RATE; i++) {
      long number = next++;
      uploads.add(
          i % PHOTO_EVERY == 0
              ? bucket.put("pipeline/photo%d.jpg".formatted(number), photo.copy(number))
              : Upload.document(number));
    }
    return uploads;
  }

  /** One load and what was seen of it. */
  private final class Run {
    private final int port;
    private final byte[][] requests;
    private final List<Sightings.Due> due;
    private final long begin = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    private final Sightings catalog;
    private final Sightings search;
    private final Sightings thumbnails;
    private final Deque<Sightings.Due> toFind = new ArrayDeque<>();
    private final Histogram found = new Histogram(3);
    private final HttpClient client = HttpClient.newHttpClient();

    Run(int port, List<Upload> uploads) {
      this.port = port;
      this.requests = callbacks.requests(uploads, Callbacks.Connection.CLOSE);
      this.due =
          IntStream.range(0, uploads.size())
              .mapToObj(
                  i -> new Sightings.Due(uploads.get(i).key(), begin + i * (1_000_000_000L / RATE)))
              .toList();
      this.catalog = new Sightings("catalog.object", "key", due);
      this.search = new Sightings("search.documents", "object_key", due);
      this.thumbnails =
          new Sightings("catalog.thumbnails", "key", due.stream().filter(Run::isPhoto).toList());
    }

    private static boolean isPhoto(Sightings.Due due) {
      return due.key().endsWith(".jpg");
    }

    void execute() throws IOException, InterruptedException, SQLException {
      CompletableFuture<Void> load = CompletableFuture.runAsync(this::send);
      long deadline = due.getLast().nanos() + PATIENCE.toNanos();
      try (Connection connection = stack.connect()) {
        while (!isComplete()) {
          catalog.look(connection, seen -> {});
          search.look(
              connection,
              seen -> {
                if (isPhoto(seen)) {
                  toFind.add(seen);
                }
              });
          thumbnails.look(connection, seen -> {});
          find();
          if (load.isCompletedExceptionally()) {
            load.join();
          }
          if (System.nanoTime() > deadline) {
            throw new IOException(
                "not seen: %d in the catalog, %d in the index, %d thumbnails"
                    .formatted(catalog.missing(), search.missing(), thumbnails.missing()));
          }
          TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
      }
      load.join();
    }

    private boolean isComplete() {
      return catalog.isComplete()
          && search.isComplete()
          && thumbnails.isComplete()
          && toFind.isEmpty();
    }

    private void send() {
      try (HttpLoad load = new HttpLoad(port, requests, Callbacks.Connection.CLOSE)) {
        load.openLoop(RATE, OPEN_LIMIT, begin).requireAllAccepted();
      } catch (IOException e) {
        throw new IllegalStateException("the load broke off", e);
      }
    }

    private void find() throws IOException, InterruptedException {
      Sightings.Due due = toFind.poll();
      if (due == null) {
        return;
      }
      String name = due.key().replaceAll(".*/|[.].*", "");
      URI uri = URI.create("http://127.0.0.1:%d/api/search?q=%s".formatted(port, name));
      String hits =
          client
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      if (hits.contains(due.key())) {
        found.recordValue((System.nanoTime() - due.nanos()) / 1000);
      } else {
        toFind.add(due);
      }
    }

    List<Measure> measures() {
      List<Measure> measures = new ArrayList<>();
      add(measures, "callback to catalog row", catalog.micros(), 250);
      add(measures, "callback to document in the index", search.micros(), 1500);
      add(measures, "callback of a photo to hit of the search API", found, 1500);
      add(measures, "callback of a photo to its thumbnails", thumbnails.micros(), 2000);
      return measures;
    }

    private static void add(List<Measure> measures, String what, Histogram micros, int bound) {
      measures.add(Measure.of(what + ", p50", micros.getValueAtPercentile(50) / 1000.0, "ms"));
      measures.add(
          Measure.of(what + ", p99", micros.getValueAtPercentile(99) / 1000.0, "ms").atMost(bound));
    }
  }
}
