package quayside.operate.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quayside.oss.InMemoryObjectStore;
import quayside.oss.ListedObject;
import quayside.sink.catalog.RunLog.Run;

/** Inventories as OSS delivers them. */
class InventoryTest {
  private static final String SCHEMA =
      "Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, StorageClass, LastModifiedDate, ETag";
  private static final String LINES =
      """
      "src","z.txt","","true","false",7,"Standard","2026-11-20T08:00:00.000Z","AB12"
      "src","2026%2F%E7%85%A7%E7%89%87%201.jpg","","true","false",102400,"IA","2026-11-19T10:30:00.000Z","CD-2"
      "src","old","","false","false",1,"Standard","2026-11-19T10:30:00.000Z","00"
      "src","gone","","true","true",0,"Standard","2026-11-19T10:30:00.000Z",""
      """;

  @TempDir Path directory;

  private final InMemoryObjectStore store = new InMemoryObjectStore("reports", "src");

  @Test
  void deliveredInventory_isReadFromItsBucketInTheOrderOfKeys() throws Exception {
    store.put("reports", "daily/data/1.csv.gz", "", Map.of(), gzip(LINES));
    store.put("reports", "daily/t/manifest.json", "", Map.of(), manifest(gzip(LINES)));

    try (BucketSource source = open("oss://reports/daily/t/manifest.json", "")) {
      assertThat(all(source))
          .containsExactly(
              new ListedObject(
                  "2026/照片 1.jpg", "CD-2", 102400, Instant.parse("2026-11-19T10:30:00Z")),
              new ListedObject("z.txt", "AB12", 7, Instant.parse("2026-11-20T08:00:00Z")));
      assertThat(source.asOf()).isEqualTo(Instant.ofEpochSecond(1795161600));
    }
  }

  @Test
  void inventoryOnDisk_isReadPlainAndCompressed() throws Exception {
    Files.createDirectories(directory.resolve("data"));
    Files.createDirectories(directory.resolve("t"));
    Files.write(directory.resolve("data/1.csv.gz"), gzip(LINES));
    Files.write(directory.resolve("t/manifest.json"), manifest(gzip(LINES)));
    Files.writeString(directory.resolve("plain.csv"), "b%2Bc,5,E1\na d,6,\"E2\"\n");

    try (BucketSource source = open("t/manifest.json", "2026/")) {
      assertThat(all(source)).extracting(ListedObject::key).containsExactly("2026/照片 1.jpg");
    }
    try (BucketSource source = open("plain.csv#Key, Size, ETag", "")) {
      assertThat(all(source)).extracting(ListedObject::key).containsExactly("a d", "b+c");
    }
  }

  @Test
  void manyObjects_areSortedThroughFiles() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int n = 0; n < 120_000; n++) {
      lines.append("key-%06d,1,E\n".formatted((n * 7919) % 120_000));
    }
    Files.write(directory.resolve("many.csv.gz"), gzip(lines.toString()));

    try (BucketSource source = open("many.csv.gz#Key,Size,ETag", "")) {
      List<ListedObject> objects = all(source);
      assertThat(objects).hasSize(120_000);
      assertThat(objects).extracting(ListedObject::key).isSorted();
    }
  }

  @Test
  void whatIsNoInventoryOfThisBucket_isRefused() throws Exception {
    store.put("reports", "daily/data/1.csv.gz", "", Map.of(), gzip("other"));
    store.put("reports", "m.json", "", Map.of(), manifest(gzip(LINES)));
    store.put("reports", "short.json", "", Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
    Files.writeString(directory.resolve("short.csv"), "a,1\n");
    Files.writeString(directory.resolve("wrong.csv"), "a,many,E\n");

    assertThatThrownBy(() -> open("oss://reports/m.json", "")).hasMessageContaining("fields");
    assertThatThrownBy(() -> open("oss://reports/short.json", "")).hasMessageContaining("CSV");
    assertThatThrownBy(() -> open("oss://reports/none.json", "")).hasMessageContaining("none");
    assertThatThrownBy(() -> open("short.csv#Key,Size,ETag", "")).hasMessageContaining("2 fields");
    assertThatThrownBy(() -> open("wrong.csv#Key,Size,ETag", "")).hasMessageContaining("read");
    assertThatThrownBy(() -> open("short.csv#Key,Size", "")).hasMessageContaining("etag");
  }

  @Test
  void damagedDataFile_isRefused() throws Exception {
    store.put(
        "reports",
        "daily/data/1.csv.gz",
        "",
        Map.of(),
        gzip(LINES.lines().findFirst().orElseThrow()));
    store.put("reports", "m.json", "", Map.of(), manifest(gzip(LINES)));

    assertThatThrownBy(() -> open("oss://reports/m.json", "")).hasMessageContaining("damaged");
  }

  @Test
  void filesOutsideOfTheDirectory_areNotRead() throws Exception {
    Path secret = Files.writeString(directory.resolveSibling(UUID.randomUUID() + ".json"), "{}");
    try {
      for (String name : List.of("../" + secret.getFileName(), secret.toString(), "none.json")) {
        assertThatThrownBy(() -> Inventories.check(name, Optional.of(directory)))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> Inventories.check("a.json", Optional.empty()))
          .hasMessageContaining("inventory-directory");
    } finally {
      Files.delete(secret);
    }
  }

  private BucketSource open(String name, String prefix) throws SourceException {
    Run run =
        new Run(
            UUID.randomUUID(), "src", prefix, name, true, 1, "running", "", 0, "{}", "[]", null);
    return Inventories.open(run, store, Optional.of(directory));
  }

  private static List<ListedObject> all(BucketSource source) throws SourceException {
    List<ListedObject> all = new ArrayList<>();
    for (ListedObject next = source.next(); next != null; next = source.next()) {
      all.add(next);
    }
    return all;
  }

  private static byte[] manifest(byte[] data) throws Exception {
    String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(data));
    return """
    {"creationTimestamp": "1795161600", "destinationBucket": "reports", "fileFormat": "CSV",
     "fileSchema": "%s", "sourceBucket": "src", "version": "2019-09-01",
     "files": [{"MD5checksum": "%s", "key": "daily/data/1.csv.gz", "size": %d}]}
    """
        .formatted(SCHEMA, md5.toUpperCase(java.util.Locale.ROOT), data.length)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
