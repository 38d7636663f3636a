package quayside.sink.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.sink.thumbnail.engine.ImageLimits;
import quayside.sink.thumbnail.engine.RenditionFormat;
import quayside.sink.thumbnail.engine.RenditionSpec;
import quayside.sink.thumbnail.engine.ThumbnailEngine;

/** What the configuration means, and what it may not be. */
class ThumbnailConfigTest {
  private static final Set<RenditionFormat> ALL = EnumSet.allOf(RenditionFormat.class);
  private static final ImageLimits LIMITS =
      new ImageLimits(1000, 1000, 1000, 1, Duration.ofSeconds(1));

  @Test
  void defaults_areThreePresetsInTwoFormatsSmallestFirst() {
    assertThat(Recipe.of(config(Map.of()), ALL).specs())
        .containsExactly(
            new RenditionSpec("small", 128, RenditionFormat.WEBP, 80),
            new RenditionSpec("small", 128, RenditionFormat.JPEG, 80),
            new RenditionSpec("medium", 320, RenditionFormat.WEBP, 80),
            new RenditionSpec("medium", 320, RenditionFormat.JPEG, 80),
            new RenditionSpec("large", 1024, RenditionFormat.WEBP, 80),
            new RenditionSpec("large", 1024, RenditionFormat.JPEG, 80));
  }

  @Test
  void ownPresets_replaceTheDefaults() {
    ThumbnailConfig config =
        config(
            Map.of(
                "quayside.thumbnail.presets.card.size", "400",
                "quayside.thumbnail.formats", "jpeg",
                "quayside.thumbnail.quality", "70"));

    assertThat(Recipe.of(config, ALL).specs())
        .containsExactly(new RenditionSpec("card", 400, RenditionFormat.JPEG, 70));
  }

  @Test
  void formatTheEngineCannotWrite_isLeftOut() {
    assertThat(Recipe.of(config(Map.of()), Set.of(RenditionFormat.JPEG)).specs())
        .hasSize(3)
        .allMatch(spec -> spec.format() == RenditionFormat.JPEG);
  }

  @ParameterizedTest
  @CsvSource({
    "quayside.thumbnail.presets.a.size, 0, size: 0",
    "quayside.thumbnail.presets.a.size, 9000, size: 9000",
    "quayside.thumbnail.presets.a/b.size, 100, a/b",
    "quayside.thumbnail.quality, 101, quality: 101"
  })
  void impossibleValue_isRefusedByName(String key, String value, String message) {
    ThumbnailConfig config = config(Map.of(key, value));

    assertThatThrownBy(() -> Recipe.of(config, ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "/", "/thumbnails"})
  void prefixThatMatchesEverythingOrNothing_isRefused(String prefix) {
    assertThatThrownBy(() -> new ThumbnailLocation(prefix, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("quayside.thumbnail.prefix");
  }

  @Test
  void vipsWithoutLibrary_isRefusedAtStartAndSaysWhereItLooked(@TempDir Path empty) {
    ThumbnailConfig config =
        config(
            Map.of(
                "quayside.thumbnail.engine",
                "vips",
                "quayside.thumbnail.libvips",
                empty.resolve("libvips.so").toString()));

    assertThatThrownBy(() -> new ThumbnailEngines(config, LIMITS, new SimpleMeterRegistry()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("libvips.so");
  }

  @Test
  void autoWithALibraryThatDoesNotLoad_fallsBackToJava(@TempDir Path dir) throws Exception {
    Path notALibrary = Files.writeString(dir.resolve("libvips.so"), "not a library");
    ThumbnailConfig config = config(Map.of("quayside.thumbnail.libvips", notALibrary.toString()));

    try (ThumbnailEngine engine =
        new ThumbnailEngines(config, LIMITS, new SimpleMeterRegistry()).start()) {
      assertThat(engine.name()).isEqualTo("java ImageIO");
      assertThat(engine.formats()).containsExactly(RenditionFormat.JPEG);
    }
  }

  @Test
  void java_isTakenWhenAskedFor() throws Exception {
    ThumbnailConfig config = config(Map.of("quayside.thumbnail.engine", "java"));

    try (ThumbnailEngine engine =
        new ThumbnailEngines(config, LIMITS, new SimpleMeterRegistry()).start()) {
      assertThat(engine.name()).isEqualTo("java ImageIO");
    }
  }

  private static ThumbnailConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters() // Quarkus' own, for 64M and 30s
        .withMapping(ThumbnailConfig.class)
        .withDefaultValues(new HashMap<>(values))
        .build()
        .getConfigMapping(ThumbnailConfig.class);
  }
}
