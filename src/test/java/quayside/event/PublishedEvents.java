package quayside.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** An event of each valid example in {@code schemas/}, as the codec writes it. */
final class PublishedEvents {
  private static final Path EXAMPLES = Path.of("schemas/examples");
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final Instant RECORDED = Instant.parse("2026-03-01T12:00:01Z");

  private PublishedEvents() {}

  /**
   * An event and who writes and reads it.
   *
   * @param name of the example
   */
  record Published<T>(String name, EventCodec<T> codec, CloudEvent<T> event) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Published<?>> all() {
    return Stream.of(
            examples("uploaded", EventCodec.objectUploaded()),
            examples("thumbnailed", EventCodec.objectThumbnailed()),
            examples("deleted", EventCodec.objectDeleted()))
        .<Published<?>>flatMap(events -> events)
        .toList();
  }

  private static <T> Stream<Published<T>> examples(String kind, EventCodec<T> codec) {
    Path folder = EXAMPLES.resolve("object-" + kind + ".v1/valid");
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(file -> published(kind, file, codec)).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> Published<T> published(String kind, Path file, EventCodec<T> codec) {
    String name = file.getFileName().toString().replace(".json", "");
    boolean known = !name.equals("nothing-known");
    CloudEvent<T> event =
        new CloudEvent<>(
            kind + "-" + name,
            "acs:oss:cn-hangzhou:1050784833268046:uploads",
            codec.type(),
            known ? "照片/" + name + " 1.jpg" : null,
            TIME,
            RECORDED,
            known ? "uploads/照片/" + name + " 1.jpg" : null,
            1772366401000000L,
            IngestPath.CALLBACK,
            kind.equals("thumbnailed") ? "uploaded-" + name : null,
            data(file, codec));
    return new Published<>(kind + " " + name, codec, event);
  }

  private static <T> T data(Path file, EventCodec<T> codec) {
    try {
      return codec
          .read(
              name ->
                  switch (name) {
                    case "ce_specversion" -> "1.0";
                    case "ce_type" -> codec.type().ceType();
                    case "ce_time", "ce_recordedtime" -> TIME.toString();
                    case "ce_sequence" -> "1";
                    case "ce_ingestpath" -> "callback";
                    case EventCodec.CONTENT_TYPE -> "application/json";
                    default -> "any";
                  },
              Files.readAllBytes(file))
          .data();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidEventException e) {
      throw new IllegalStateException(file + " is not readable", e);
    }
  }
}
