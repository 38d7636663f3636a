package quayside.laptop.oss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk after a restart, a crash, hostile keys and many writers. */
class ObjectStoreTest {
  @TempDir Path directory;
  ObjectStore store;

  @BeforeEach
  void open() throws IOException {
    store = reopen();
  }

  private ObjectStore reopen() throws IOException {
    return ObjectStore.open(directory, List.of("uploads"), Clock.systemUTC());
  }

  private StoredObject put(String key, String text, boolean mayReplace) throws IOException {
    Content content =
        store.receive(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    var headers =
        ObjectHeaders.from(
            Map.of("Content-Type", "text/plain", "X-Oss-Meta-Owner", "u42", "Expires", "x"));
    return store.commit(
        new Draft("uploads", key, headers, content.md5(), "bWQ1", "Normal", mayReplace), content);
  }

  private StoredObject put(String key, String text) throws IOException {
    return put(key, text, true);
  }

  private String read(ObjectStore from, String key) throws IOException {
    return Files.readString(from.contentFile(from.find("uploads", key).orElseThrow()));
  }

  @Test
  void object_survivesARestart_withEverythingItHad() throws IOException {
    StoredObject stored = put("dir/中.txt", "hello");
    assertThat(reopen().find("uploads", "dir/中.txt")).contains(stored);
    assertThat(read(reopen(), "dir/中.txt")).isEqualTo("hello");
    assertThat(stored.headers().others())
        .containsEntry("x-oss-meta-owner", "u42")
        .containsEntry("Expires", "x");
  }

  @Test
  void hostileKeys_stayInsideTheDirectory() throws IOException {
    for (String key :
        List.of("../../escape", "..", "a/../../../b", "C:\\x", "nul\u0000byte", "x".repeat(1000))) {
      put(key, key);
      assertThat(read(reopen(), key)).isEqualTo(key);
    }
    try (Stream<Path> files = Files.walk(directory.getParent(), 1)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .noneMatch(n -> n.contains("escape"));
    }
  }

  @Test
  void replacing_freesTheOldContent_andDeletingAll() throws IOException {
    put("k", "one");
    put("k", "two");
    assertThat(contents()).hasSize(1);
    assertThat(read(store, "k")).isEqualTo("two");
    store.delete("uploads", "k");
    store.delete("uploads", "k");
    assertThat(contents()).isEmpty();
    assertThat(reopen().find("uploads", "k")).isEmpty();
  }

  @Test
  void forbiddenOverwrite_keepsTheOldObject() throws IOException {
    put("k", "one");
    assertThatThrownBy(() -> put("k", "two", false)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(read(store, "k")).isEqualTo("one");
  }

  /**
   * A crash may leave content without a record, or a temporary record: neither may be seen or kept.
   */
  @Test
  void leftoversOfACrash_areSweptAtStart() throws IOException {
    put("k", "kept");
    Files.writeString(directory.resolve("contents/orphan"), "x");
    Files.writeString(directory.resolve("records/uploads/half.json.7.tmp"), "{");
    ObjectStore reopened = reopen();
    assertThat(reopened.objects("uploads")).containsOnlyKeys("k");
    assertThat(contents()).hasSize(1);
  }

  @Test
  void contentOfABucketNoLongerConfigured_isKept() throws IOException {
    put("k", "kept");
    ObjectStore.open(directory, List.of("other"), Clock.systemUTC());
    assertThat(read(reopen(), "k")).isEqualTo("kept");
  }

  @Test
  void brokenUpload_leavesNothing() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    assertThatThrownBy(() -> store.receive(broken)).hasMessage("connection reset");
    assertThat(contents()).isEmpty();
  }

  @Test
  void manyWritersOfOneKey_leaveOneWholeObject() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<StoredObject>> writers =
          IntStream.range(0, 40)
              .mapToObj(i -> threads.submit(() -> put("k", "text " + i)))
              .toList();
      for (Future<StoredObject> writer : writers) {
        writer.get();
      }
    }
    assertThat(contents()).hasSize(1);
    StoredObject last = store.find("uploads", "k").orElseThrow();
    assertThat(reopen().find("uploads", "k")).contains(last);
    assertThat(read(store, "k")).startsWith("text ");
  }

  @Test
  void listingOrder_isThatOfUtf8Bytes() throws IOException {
    for (String key : List.of("\uD83D\uDE00", "\uFF5E", "b", "a", "A")) {
      put(key, "x");
    }
    assertThat(store.objects("uploads")).containsOnlyKeys("A", "a", "b", "\uFF5E", "\uD83D\uDE00");
    assertThat(store.objects("uploads").keySet())
        .containsExactly("A", "a", "b", "\uFF5E", "\uD83D\uDE00");
  }

  @Test
  void crc64_hasTheStandardCheckValue() {
    var crc = new Crc64();
    crc.update("123456789".getBytes(StandardCharsets.US_ASCII));
    assertThat(Long.toHexString(crc.getValue())).isEqualTo("995dc9bbdf1939fa");
    assertThat(crc.toString()).isEqualTo(Long.toUnsignedString(0x995dc9bbdf1939faL));
  }

  private List<Path> contents() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("contents"))) {
      return files.toList();
    }
  }
}
