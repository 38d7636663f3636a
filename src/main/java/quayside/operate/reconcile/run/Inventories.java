package quayside.operate.reconcile.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.oss.ObjectNotFoundException;
import quayside.oss.ObjectRefusedException;
import quayside.oss.ObjectStore;
import quayside.oss.ObjectStoreUnavailableException;
import quayside.sink.catalog.RunLog.Run;

/**
 * Where inventories are: in a bucket, {@code oss://bucket/…/manifest.json}; or in the one directory
 * of this machine that is set aside for them, by file name, {@code manifest.json} with its data
 * files beside it or in {@code ../data}, or a single file with its columns, {@code
 * name.csv.gz#Bucket, Key, Size, ETag}.
 *
 * @see <a href="https://www.alibabacloud.com/help/en/oss/user-guide/bucket-inventory">Bucket
 *     inventory</a>
 */
final class Inventories {
  private static final String OSS = "oss://";

  private Inventories() {}

  /** Opens one file of an inventory. */
  @FunctionalInterface
  interface FileOpener {
    InputStream open(String name) throws IOException, SourceException;
  }

  /**
   * Checks a name before anything is begun.
   *
   * @throws IllegalArgumentException when it names nothing that may be read
   */
  static void check(@Nullable String name, Optional<Path> directory) {
    if (name == null) {
      return;
    }
    if (name.startsWith(OSS)) {
      String object = name.substring(OSS.length());
      if (object.indexOf('/') < 1 || !object.endsWith(".json")) {
        throw new IllegalArgumentException(
            "inventory: " + name + " is not oss://bucket/path/manifest.json");
      }
      return;
    }
    file(name, directory);
  }

  /** Opens the inventory that a run reads, from where the run left off. */
  static BucketSource open(Run run, ObjectStore store, Optional<Path> directory)
      throws SourceException {
    String name = run.source();
    try {
      return name.startsWith(OSS)
          ? inBucket(name.substring(OSS.length()), run, store)
          : onDisk(name, run, directory);
    } catch (IOException e) {
      throw new SourceException("inventory " + name + ": " + e.getMessage(), e);
    }
  }

  private static BucketSource inBucket(String object, Run run, ObjectStore store)
      throws IOException, SourceException {
    String bucket = object.substring(0, object.indexOf('/'));
    Manifest manifest;
    try (InputStream json = open(store, bucket, object.substring(object.indexOf('/') + 1))) {
      manifest = Manifest.parse(json.readAllBytes());
    }
    return InventorySource.of(manifest, run, file -> open(store, bucket, file));
  }

  private static InputStream open(ObjectStore store, String bucket, String key)
      throws SourceException {
    try {
      return store.open(bucket, key);
    } catch (ObjectNotFoundException | ObjectRefusedException | ObjectStoreUnavailableException e) {
      throw new SourceException(String.valueOf(e.getMessage()), e);
    }
  }

  private static BucketSource onDisk(String name, Run run, Optional<Path> directory)
      throws IOException, SourceException {
    Path file = file(name, directory);
    if (file.toString().endsWith(".json")) {
      return InventorySource.of(
          Manifest.parse(Files.readAllBytes(file)), run, key -> beside(file, key));
    }
    String schema = name.indexOf('#') < 0 ? "" : name.substring(name.indexOf('#') + 1);
    Instant written = Files.getLastModifiedTime(file).toInstant();
    Manifest manifest =
        new Manifest(
            run.bucket(),
            written,
            Manifest.columns(schema),
            List.of(new Manifest.DataFile(file.getFileName().toString(), null)));
    return InventorySource.of(manifest, run, key -> Files.newInputStream(file));
  }

  // The manifest names files by their key in the bucket that they were delivered to.
  private static InputStream beside(Path manifest, String key) throws IOException {
    String name = key.substring(key.lastIndexOf('/') + 1);
    Path near = manifest.resolveSibling(name);
    return Files.newInputStream(
        Files.exists(near) ? near : manifest.resolveSibling("../data").resolve(name));
  }

  private static Path file(String name, Optional<Path> directory) {
    if (directory.isEmpty()) {
      throw new IllegalArgumentException(
          "inventory: files are not read, quayside.reconcile.inventory-directory is not set");
    }
    int hash = name.indexOf('#');
    Path root = directory.get().toAbsolutePath().normalize();
    Path file = root.resolve(hash < 0 ? name : name.substring(0, hash)).normalize();
    if (!file.startsWith(root) || !Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "inventory: " + name + " is no file in quayside.reconcile.inventory-directory");
    }
    return file;
  }
}
