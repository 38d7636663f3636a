package quayside.sink.thumbnail;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quayside.configuration.Checked;
import quayside.configuration.Problems;
import quayside.sink.thumbnail.engine.RenditionFormat;

/** What thumbnails are made, how, and within what limits. */
@ConfigMapping(prefix = "quayside.thumbnail")
public interface ThumbnailConfig extends Checked {

  /** Consumer group, part of the dead letter topic's name. */
  @WithDefault("quayside-thumbnail")
  String group();

  /**
   * The thumbnails to make, by name; when none is configured: small 128, medium 320, large 1024 px.
   */
  Map<String, Preset> presets();

  /** Formats each preset is written in. The java engine cannot write webp and leaves it out. */
  @WithDefault("webp,jpeg")
  List<RenditionFormat> formats();

  /** 1 (smallest) to 100 (best), for all formats. */
  @WithDefault("80")
  int quality();

  /** First part of the thumbnails' keys. Objects under it are never thumbnailed themselves. */
  @WithDefault("thumbnails/")
  String prefix();

  /** Bucket for all thumbnails; absent, the bucket of the original. */
  Optional<String> bucket();

  /**
   * {@code vips}, {@code java}, or {@code auto}: vips when its library is found and works, else
   * java.
   */
  @WithDefault("auto")
  EngineChoice engine();

  /**
   * File of the libvips library; absent, it is looked for in {@link #libvipsDirectory()}, then on
   * the system.
   */
  Optional<Path> libvips();

  /** Where {@code npm install --prefix} put {@code @img/sharp-libvips-<platform>}. */
  @WithDefault(".quayside/libvips")
  Path libvipsDirectory();

  /** Images at a time; with vips each in a process of its own. */
  @WithDefault("2")
  int parallelism();

  /** Memory one worker process may allocate. */
  @WithDefault("1G")
  MemorySize workerMemory();

  /** Largest file. */
  @WithDefault("64M")
  MemorySize maxBytes();

  /** Most pixels of one frame. */
  @WithDefault("100000000")
  long maxPixels();

  /** Most pixels of an image that must be in memory whole: progressive JPEG, interlaced PNG. */
  @WithDefault("50000000")
  long maxMultiscanPixels();

  /** Most frames of an animation. */
  @WithDefault("1000")
  int maxFrames();

  /** Longest time for one image: for its header, and again for its pixels. */
  @WithDefault("30s")
  Duration timeLimit();

  /** Pixels of all images being decoded at once. */
  @WithDefault("150000000")
  long pixelsInFlight();

  /** Bytes of all images read at once. */
  @WithDefault("128M")
  MemorySize bytesInFlight();

  @Override
  default void check(Problems problems) {
    ThumbnailConfigCheck.check(this, problems);
  }

  /** One thumbnail of each image. */
  interface Preset {
    /** Side in pixels of the square the picture must fit in; it is never enlarged. */
    int size();

    /**
     * Raise it by one with any change of the preset, the formats or the quality: thumbnails get new
     * names, so that no cache shows old ones, and {@code thumbnails regenerate} makes them for what
     * is in the bucket already. Never lower it; when a preset is given up, raise that of another.
     */
    @WithDefault("1")
    int version();
  }

  /** Which engine makes the thumbnails. */
  enum EngineChoice {
    AUTO,
    VIPS,
    JAVA
  }
}
