package quayside.laptop.oss.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Multipart uploads in progress, one directory each, parts as files; they survive restarts.
 * Thread-safe: a part is replaced by renaming its record, like an object.
 */
public final class MultipartStore {
  private final Path directory;
  private final Clock clock;

  private MultipartStore(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** An upload that was initiated and neither completed nor aborted. */
  public record Upload(String id, String bucket, String key, ObjectHeaders headers) {}

  /**
   * One received part.
   *
   * @param number 1 to 10,000
   * @param etag its upper-case hexadecimal MD5
   * @param content name of its file
   */
  public record Part(
      int number,
      String etag,
      String crc64,
      long sizeBytes,
      Instant lastModified,
      String content) {}

  public static MultipartStore open(Path directory, Clock clock) throws IOException {
    Files.createDirectories(directory);
    return new MultipartStore(directory, clock);
  }

  public Upload initiate(String bucket, String key, ObjectHeaders headers) throws IOException {
    String id = UUID.randomUUID().toString().replace("-", "").toUpperCase(java.util.Locale.ROOT);
    var upload = new Upload(id, bucket, key, headers);
    Files.createDirectory(directory.resolve(id));
    AtomicJson.write(directory.resolve(id).resolve("upload.json"), upload);
    return upload;
  }

  /** Finds an upload by an id that came from outside. */
  public Optional<Upload> find(String id, String bucket, String key) throws IOException {
    if (!id.matches("[0-9A-F]{32}")) {
      return Optional.empty();
    }
    Path file = directory.resolve(id).resolve("upload.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Upload upload = AtomicJson.read(file, Upload.class);
    return Optional.of(upload).filter(u -> u.bucket().equals(bucket) && u.key().equals(key));
  }

  public Content receive(Upload upload, InputStream source) throws IOException {
    return Content.write(home(upload).resolve(UUID.randomUUID() + ".part"), source);
  }

  /** Makes received content the numbered part; an earlier part of that number is replaced. */
  public Part commit(Upload upload, int number, Content content) throws IOException {
    var part =
        new Part(
            number,
            content.md5(),
            content.crc64(),
            content.sizeBytes(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            content.file().getFileName().toString());
    AtomicJson.write(home(upload).resolve(number + ".json"), part);
    return part;
  }

  /** The parts by number. */
  public NavigableMap<Integer, Part> parts(Upload upload) throws IOException {
    var parts = new TreeMap<Integer, Part>();
    try (Stream<Path> files = Files.list(home(upload))) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().matches("[0-9]+\\.json")).toList()) {
        Part part = AtomicJson.read(file, Part.class);
        parts.put(part.number(), part);
      }
    }
    return parts;
  }

  /** The chosen parts one after the other, each opened when its turn comes; to be closed. */
  public InputStream join(Upload upload, List<Part> parts) {
    Iterator<Part> rest = parts.iterator();
    return new SequenceInputStream(
        new Enumeration<InputStream>() {
          @Override
          public boolean hasMoreElements() {
            return rest.hasNext();
          }

          @Override
          public InputStream nextElement() {
            try {
              return Files.newInputStream(home(upload).resolve(rest.next().content()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }

  /** A multipart object's ETag: MD5 over the parts' MD5s, a hyphen, and their count. */
  public static String etag(List<Part> parts) {
    var md5 = Content.newMd5();
    parts.forEach(part -> md5.update(HexFormat.of().parseHex(part.etag())));
    return HexFormat.of().withUpperCase().formatHex(md5.digest()) + "-" + parts.size();
  }

  /** Forgets an upload and its parts. */
  public void remove(Upload upload) throws IOException {
    try (Stream<Path> files = Files.list(home(upload))) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(home(upload));
  }

  private Path home(Upload upload) {
    return directory.resolve(upload.id());
  }
}
