package quayside.operate.reconcile.run;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import quayside.oss.Keys;
import quayside.oss.ListedObject;
import quayside.sink.catalog.RunLog.Run;

/**
 * The bucket as an inventory shows it. Nothing promises that an inventory is in the order of keys,
 * so it is sorted first, through files; memory does not depend on its size.
 */
final class InventorySource implements BucketSource {
  private static final int GZIP_MAGIC = 0x1f8b;

  private final Instant asOf;
  private final KeySort sorted;

  private InventorySource(Instant asOf, KeySort sorted) {
    this.asOf = asOf;
    this.sorted = sorted;
  }

  /** Reads and sorts an inventory. */
  static InventorySource of(Manifest manifest, Run run, Inventories.FileOpener files)
      throws IOException, SourceException {
    if (!manifest.bucket().equals(run.bucket())) {
      throw new SourceException(
          "inventory: is of bucket " + manifest.bucket() + ", not of " + run.bucket());
    }
    KeySort sort = new KeySort();
    try {
      for (Manifest.DataFile file : manifest.files()) {
        read(manifest, file, run, files, sort);
      }
      sort.finish();
      return new InventorySource(manifest.begun(), sort);
    } catch (IOException | SourceException | RuntimeException e) {
      sort.close();
      throw e;
    }
  }

  private static void read(
      Manifest manifest,
      Manifest.DataFile file,
      Run run,
      Inventories.FileOpener files,
      KeySort sort)
      throws IOException, SourceException {
    InventoryLine line = new InventoryLine(manifest.columns());
    MessageDigest md5 = md5();
    try (InputStream raw = new DigestInputStream(files.open(file.key()), md5)) {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(plain(raw), StandardCharsets.UTF_8));
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        ListedObject object = text.isBlank() ? null : line.parse(text);
        if (object != null && isWanted(object, run)) {
          sort.add(object);
        }
      }
      raw.transferTo(java.io.OutputStream.nullOutputStream());
    }
    String found = HexFormat.of().formatHex(md5.digest());
    if (file.md5() != null && !file.md5().equalsIgnoreCase(found)) {
      throw new SourceException(
          "inventory: " + file.key() + " is damaged: its MD5 is " + found + ", not " + file.md5());
    }
  }

  private static boolean isWanted(ListedObject object, Run run) {
    return object.key().startsWith(run.prefix())
        && Keys.ORDER.compare(object.key(), run.lastKey()) > 0;
  }

  private static InputStream plain(InputStream raw) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(raw, 1 << 16);
    buffered.mark(2);
    int magic = (buffered.read() << 8) | buffered.read();
    buffered.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }

  // The manifest's own checksum: against damage, not against forgery.
  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  @Override
  public @Nullable ListedObject next() throws SourceException {
    try {
      return sorted.next();
    } catch (IOException e) {
      throw new SourceException("inventory: cannot be sorted: " + e.getMessage(), e);
    }
  }

  @Override
  public Instant asOf() {
    return asOf;
  }

  @Override
  public void close() {
    sorted.close();
  }
}
