package quayside.laptop.oss.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The buckets' objects, on disk, with every record also in memory for listing. Thread-safe;
 * survives restarts and crashes (see the package). Meant for a laptop: all records are read at
 * start.
 */
public final class ObjectStore {
  /**
   * OSS lists keys in the order of their UTF-8 bytes, which is not the order of Java's UTF-16
   * strings.
   */
  public static final Comparator<String> KEY_ORDER =
      (a, b) ->
          java.util.Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final Path contents;
  private final Path records;
  private final Clock clock;
  private final Map<String, ConcurrentNavigableMap<String, StoredObject>> buckets = new TreeMap<>();

  private ObjectStore(Path directory, Clock clock) {
    this.contents = directory.resolve("contents");
    this.records = directory.resolve("records");
    this.clock = clock;
  }

  /**
   * Opens or creates the store.
   *
   * @param names the buckets that exist
   * @throws IOException when the directory cannot be read or written
   */
  public static ObjectStore open(Path directory, List<String> names, Clock clock)
      throws IOException {
    var store = new ObjectStore(directory, clock);
    Files.createDirectories(store.contents);
    for (String name : names) {
      Files.createDirectories(store.records.resolve(name));
      store.buckets.put(name, new ConcurrentSkipListMap<>(KEY_ORDER));
    }
    store.load();
    return store;
  }

  public boolean hasBucket(@Nullable String bucket) {
    return bucket != null && buckets.containsKey(bucket);
  }

  /** Streams bytes to the disk; nothing sees them until {@link #commit}. */
  public Content receive(InputStream source) throws IOException {
    return Content.write(contents.resolve(UUID.randomUUID().toString()), source);
  }

  /**
   * Makes received content the object. On any exception the content stays with the caller.
   *
   * @throws FileAlreadyExistsException when the key is taken and the draft may not replace it
   */
  public StoredObject commit(Draft draft, Content content) throws IOException {
    AtomicJson.forceDirectory(contents);
    StoredObject object = draft.with(content, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    NavigableMap<String, StoredObject> objects = objects(draft.bucket());
    synchronized (objects) {
      if (!draft.mayReplace() && objects.containsKey(draft.key())) {
        throw new FileAlreadyExistsException(draft.key());
      }
      AtomicJson.write(recordFile(draft.bucket(), draft.key()), object);
      StoredObject replaced = objects.put(draft.key(), object);
      if (replaced != null) {
        Files.deleteIfExists(contents.resolve(replaced.content()));
      }
    }
    return object;
  }

  public Optional<StoredObject> find(String bucket, String key) {
    return Optional.ofNullable(objects(bucket).get(key));
  }

  /**
   * A file holding exactly this object's bytes; it may vanish when the object is replaced, but
   * never changes.
   */
  public Path contentFile(StoredObject object) {
    return contents.resolve(object.content());
  }

  /** Removes an object; no error when there is none, as in OSS. */
  public void delete(String bucket, String key) throws IOException {
    NavigableMap<String, StoredObject> objects = objects(bucket);
    synchronized (objects) {
      StoredObject removed = objects.remove(key);
      if (removed != null) {
        Path file = recordFile(bucket, key);
        Files.deleteIfExists(file);
        AtomicJson.forceDirectoryOf(file);
        Files.deleteIfExists(contents.resolve(removed.content()));
      }
    }
  }

  /** A live, ordered view of the bucket's objects by key. */
  public NavigableMap<String, StoredObject> objects(String bucket) {
    NavigableMap<String, StoredObject> objects = buckets.get(bucket);
    if (objects == null) {
      throw new IllegalArgumentException("bucket " + bucket + " does not exist");
    }
    return objects;
  }

  private Path recordFile(String bucket, String key) {
    return records.resolve(bucket).resolve(hash(key) + ".json");
  }

  private static String hash(String key) {
    try {
      byte[] digest =
          java.security.MessageDigest.getInstance("SHA-256")
              .digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Reads every record and removes content that a crash left without one. */
  private void load() throws IOException {
    Set<String> named = new HashSet<>();
    for (var bucket : buckets.entrySet()) {
      for (Path file : list(records.resolve(bucket.getKey()))) {
        if (file.toString().endsWith(".json")) {
          StoredObject object = AtomicJson.read(file, StoredObject.class);
          bucket.getValue().put(object.key(), object);
        } else {
          Files.delete(file);
        }
      }
    }
    // Buckets no longer configured keep their content: they may be configured again.
    for (Path directory : list(records)) {
      for (Path file :
          list(directory).stream().filter(f -> f.toString().endsWith(".json")).toList()) {
        named.add(AtomicJson.read(file, StoredObject.class).content());
      }
    }
    for (Path file : list(contents)) {
      if (!named.contains(file.getFileName().toString())) {
        Files.delete(file);
      }
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
