package quayside.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import quayside.bench.baseline.VipsThumbnail;
import quayside.bench.load.Bucket;
import quayside.bench.load.Photo;
import quayside.bench.load.SigningKey;
import quayside.bench.load.Uploads;
import quayside.bench.load.Uploads.Upload;
import quayside.bench.report.Measure;

/**
 * Processor time of an image, from its event on Kafka to its thumbnail in the bucket, the
 * application with its workers, beside the command {@code vipsthumbnail} with the same library,
 * size and output; and three presets beside one.
 */
final class ThumbnailSuite {
  private static final int LARGEST = 1024;
  private static final int AT_ONCE = 2;
  private static final List<String> CHANNELS = Application.only("thumbnail-uploaded");
  private static final List<String> ONE = List.of("large.size=1024");
  private static final List<String> THREE =
      List.of("small.size=128", "medium.size=320", "large.size=1024");

  private final Parts parts;
  private final Stack stack;
  private final VipsThumbnail command;
  private long events;

  ThumbnailSuite(Parts parts, Stack stack) {
    this.parts = parts;
    this.stack = stack;
    this.command = new VipsThumbnail(parts.vipsthumbnail(), parts.work().resolve("vipsthumbnail"));
  }

  List<Measure> run() throws IOException, InterruptedException {
    List<Measure> measures = new ArrayList<>();
    try (Bucket bucket = new Bucket(stack.oss());
        Groups groups = new Groups(stack.kafka())) {
      try (Maker one = new Maker("one", ONE, groups);
          Maker three = new Maker("three", THREE, groups)) {
        warmUp(Photo.of(640, 480), parts.atFullLength(600, 20), bucket, one, three);
        measures.addAll(cost("12-megapixel JPEG", Photo.of(4000, 3000), 40, bucket, one, three));
        measures.addAll(cost("2-megapixel JPEG", Photo.of(1632, 1224), 160, bucket, one, three));
      }
    }
    return measures;
  }

  /** An application that reads a topic of its own and makes certain presets. */
  private final class Maker implements AutoCloseable {
    private final String topic;
    private final String group;
    private final Application application;
    private final Uploads uploads;
    private final Groups groups;
    private final List<Double> ofWorkers = new ArrayList<>();
    private long sent;

    Maker(String name, List<String> presets, Groups groups) throws IOException {
      this.topic = "bench." + name;
      this.group = "bench-thumbnail-" + name;
      this.groups = groups;
      List<String> settings = new ArrayList<>(CHANNELS);
      settings.add("quayside.topics.object-uploaded=" + topic);
      settings.add("quayside.thumbnail.group=" + group);
      settings.add("quayside.thumbnail.prefix=thumbnails-" + name + "/");
      settings.add("quayside.thumbnail.engine=vips");
      settings.add("quayside.thumbnail.parallelism=" + AT_ONCE);
      settings.add("quayside.thumbnail.formats=webp");
      presets.forEach(preset -> settings.add("quayside.thumbnail.presets." + preset));
      this.application = Application.start(parts, stack, SigningKey.generate(), settings);
      this.uploads = new Uploads(stack.kafka(), topic);
    }

    /** Has all of them made; returns the processor time of each, in milliseconds. */
    double millisPerImage(List<Upload> images) throws IOException, InterruptedException {
      Duration before = application.tree().cpuTime();
      Duration itselfBefore = application.process().cpuTime();
      images.forEach(image -> uploads.send(events++, image));
      uploads.flush();
      sent += images.size();
      groups.await(group, topic, sent);
      Duration all = application.tree().cpuTime().minus(before);
      Duration itself = application.process().cpuTime().minus(itselfBefore);
      ofWorkers.add(millis(all.minus(itself), images.size()));
      return millis(all, images.size());
    }

    /** The part of it that the workers had, as a median. */
    double millisOfWorkers() {
      return Parts.median(ofWorkers);
    }

    void forget() {
      ofWorkers.clear();
    }

    @Override
    public void close() throws IOException, InterruptedException {
      uploads.close();
      application.close();
    }
  }

  private List<Measure> cost(
      String what, Photo photo, int count, Bucket bucket, Maker one, Maker three)
      throws IOException, InterruptedException {
    List<Double> ofOne = new ArrayList<>();
    List<Double> ofThree = new ArrayList<>();
    List<Double> ofCommand = new ArrayList<>();
    int images = parts.atFullLength(count, 8);
    warmUp(photo, 8, bucket, one, three);
    one.forget();
    for (int round = 1; round <= parts.atFullLength(3, 1); round++) {
      List<Upload> stored = new ArrayList<>();
      List<Path> files = new ArrayList<>();
      store(photo, images, bucket, stored, files);
      ofOne.add(one.millisPerImage(stored));
      ofCommand.add(ofCommand(files));
      ofThree.add(three.millisPerImage(stored));
      for (Path file : files) {
        Files.delete(file);
      }
      Parts.progress(
          "%s: %.0f ms CPU for one preset, vipsthumbnail %.0f ms; three presets %.0f ms",
          what, ofOne.getLast(), ofCommand.getLast(), ofThree.getLast());
    }
    String name = "CPU of a thumbnail of 1024 pixels, " + what;
    double cost = Parts.median(ofOne);
    boolean large = what.startsWith("12");
    Measure beside =
        command.isThere()
            ? Measure.of(name, cost, "ms", "vipsthumbnail", Parts.median(ofCommand))
            : Measure.of(name, cost, "ms");
    Measure presets =
        Measure.of("CPU of three presets, " + what, Parts.median(ofThree), "ms", "of one", cost);
    return List.of(
        large && command.isThere() ? beside.ratioAtMost(1.15) : beside,
        Measure.of("of it in the workers", one.millisOfWorkers(), "ms"),
        large ? presets.ratioAtMost(1.5) : presets);
  }

  // Java that is not compiled yet, and workers that are not started.
  private void warmUp(Photo photo, int images, Bucket bucket, Maker one, Maker three)
      throws IOException, InterruptedException {
    Parts.progress("Warming up ...");
    List<Upload> stored = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    store(photo, images, bucket, stored, files);
    one.millisPerImage(stored);
    three.millisPerImage(stored);
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private void store(Photo photo, int images, Bucket bucket, List<Upload> stored, List<Path> files)
      throws IOException, InterruptedException {
    for (int i = 0; i < images; i++) {
      long number = events++;
      byte[] content = photo.copy(number);
      stored.add(bucket.put("bench/photo-" + number + ".jpg", content));
      files.add(Files.write(parts.work().resolve("photo-" + number + ".jpg"), content));
    }
  }

  private static double millis(Duration time, int images) {
    return time.toNanos() / 1e6 / images;
  }

  private double ofCommand(List<Path> files) throws IOException, InterruptedException {
    return command.isThere()
        ? millis(command.webp(files, LARGEST, AT_ONCE), files.size())
        : Double.NaN;
  }
}
