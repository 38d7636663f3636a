package quayside.sink.thumbnail;

import java.util.Optional;
import quayside.configuration.Problems;
import quayside.role.Role;
import quayside.sink.thumbnail.engine.RenditionFormat;
import quayside.sink.thumbnail.engine.RenditionSpec;

/** Tells what is wrong with the configuration of thumbnails. */
final class ThumbnailConfigCheck {
  private static final String KEYS = "quayside.thumbnail.";

  /** An image is read into one array. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - 1024L;

  private ThumbnailConfigCheck() {}

  static void check(ThumbnailConfig config, Problems problems) {
    problems.requireKafkaName(KEYS + "group", config.group(), "quayside-thumbnail");
    problems.attempt(() -> new ThumbnailLocation(config.prefix(), Optional.empty()));
    checkPresets(config, problems);
    checkLimits(config, problems);
    if (problems.roles().include(Role.THUMBNAIL)) {
      problems.attempt(() -> ThumbnailEngines.library(config));
    }
  }

  private static void checkPresets(ThumbnailConfig config, Problems problems) {
    config
        .presets()
        .forEach((name, preset) -> {
          String keys = KEYS + "presets." + name;
          problems.attempt(() -> Recipe.requireName(name));
          problems.attempt(keys + ".size", "320", () -> spec(1, preset.size(), 1));
          problems.attempt(keys + ".version", "1", () -> spec(preset.version(), 1, 1));
        });
    problems.attempt(KEYS + "quality", "80", () -> spec(1, 1, config.quality()));
  }

  private static RenditionSpec spec(int version, int size, int quality) {
    return new RenditionSpec("preset", version, size, RenditionFormat.JPEG, quality);
  }

  private static void checkLimits(ThumbnailConfig config, Problems problems) {
    problems.requireAtLeast(1, KEYS + "parallelism", config.parallelism(), "2");
    problems.requirePositive(KEYS + "time-limit", config.timeLimit(), "30s");
    long maxBytes = config.maxBytes().asLongValue();
    problems.require(
        maxBytes >= 1 && maxBytes <= MAX_BYTES,
        KEYS + "max-bytes",
        "must be 1 to " + MAX_BYTES + ", since an image is read into one array",
        "64M");
    problems.requireAtLeast(1, KEYS + "max-pixels", config.maxPixels(), "100000000");
    problems.requireAtLeast(
        1, KEYS + "max-multiscan-pixels", config.maxMultiscanPixels(), "50000000");
    problems.requireAtLeast(1, KEYS + "max-frames", config.maxFrames(), "1000");
    problems.requireAtLeast(1, KEYS + "worker-memory", config.workerMemory().asLongValue(), "1G");
    problems.requireAtLeast(1, KEYS + "pixels-in-flight", config.pixelsInFlight(), "150000000");
    problems.requireAtLeast(
        1, KEYS + "bytes-in-flight", config.bytesInFlight().asLongValue(), "128M");
  }
}
