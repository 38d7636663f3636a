package quayside.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import quayside.bench.load.Bucket;
import quayside.bench.load.Photo;
import quayside.bench.load.SigningKey;
import quayside.bench.load.Uploads;
import quayside.bench.report.Measure;

/**
 * The memory that four large images take at once: their workers, and what the application grows by.
 * Pages that processes share count once.
 */
final class ThumbnailMemorySuite {
  private static final int IMAGES_AT_ONCE = 4;
  private static final double MEBIBYTE = 1 << 20;
  private static final String TOPIC = "bench.memory";
  private static final String GROUP = "bench-thumbnail-memory";

  private final Parts parts;
  private final Stack stack;
  private long sent;

  ThumbnailMemorySuite(Parts parts, Stack stack) {
    this.parts = parts;
    this.stack = stack;
  }

  List<Measure> run() throws IOException, InterruptedException {
    List<String> settings = new ArrayList<>(Application.only("thumbnail-uploaded"));
    settings.add("quayside.topics.object-uploaded=" + TOPIC);
    settings.add("quayside.thumbnail.group=" + GROUP);
    settings.add("quayside.thumbnail.engine=vips");
    settings.add("quayside.thumbnail.parallelism=" + IMAGES_AT_ONCE);
    settings.add("quayside.thumbnail.pixels-in-flight=200000000");
    try (Bucket bucket = new Bucket(stack.oss());
        Groups groups = new Groups(stack.kafka());
        Application application = Application.start(parts, stack, SigningKey.generate(), settings);
        Uploads uploads = new Uploads(stack.kafka(), TOPIC)) {
      // What any image makes of a new process is not the memory of large ones.
      send(Photo.of(640, 480), parts.atFullLength(200, 20), bucket, uploads);
      groups.await(GROUP, TOPIC, sent);
      ProcessTree tree = application.tree();
      long before = tree.proportionalBytes() - ofWorkers(tree);
      send(Photo.of(8000, 6000), parts.atFullLength(32, 8), bucket, uploads);
      long peak = 0;
      long peakOfWorkers = 0;
      while (groups.committed(GROUP, TOPIC) < sent) {
        peak = Math.max(peak, tree.proportionalBytes());
        peakOfWorkers = Math.max(peakOfWorkers, ofWorkers(tree));
        TimeUnit.MILLISECONDS.sleep(10);
      }
      if (tree.children().size() != IMAGES_AT_ONCE) {
        throw new IllegalStateException("there were " + tree.children().size() + " workers");
      }
      return List.of(
          Measure.of("peak memory of 4 images of 48 megapixels", (peak - before) / MEBIBYTE, "MiB")
              .atMost(512),
          Measure.of("of it in the workers", peakOfWorkers / MEBIBYTE, "MiB"));
    }
  }

  private void send(Photo photo, int images, Bucket bucket, Uploads uploads)
      throws IOException, InterruptedException {
    for (int i = 0; i < images; i++) {
      long number = sent++;
      uploads.send(number, bucket.put("bench/photo-" + number + ".jpg", photo.copy(number)));
    }
    uploads.flush();
  }

  private static long ofWorkers(ProcessTree tree) {
    return tree.children().stream().mapToLong(ProcessTree::proportionalBytes).sum();
  }
}
