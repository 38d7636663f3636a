package quayside.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every store does. Each store's test extends this; buckets may be shared, so keys are of this
 * run's own.
 */
abstract class ObjectStoreContract {
  private static final byte[] CONTENT = "content ✓".getBytes(StandardCharsets.UTF_8);

  private final String run = UUID.randomUUID().toString();

  abstract ObjectStore store();

  /** A bucket that exists. */
  abstract String bucket();

  @ParameterizedTest
  @ValueSource(
      strings = {"plain.txt", "with space + plus.txt", "照片/wörld.jpg", "a%2Fb?c&d=e#f", "~!*'()"})
  void whatWasPut_isReadBack(String name) throws Exception {
    String key = run + "/" + name;

    store().put(bucket(), key, "text/plain", Map.of("quayside-note", "one two"), CONTENT);

    ObjectHead head = store().head(bucket(), key);
    assertThat(head.etag()).isEqualTo(InMemoryObjectStore.etag(CONTENT));
    assertThat(head.size()).isEqualTo(CONTENT.length);
    assertThat(head.mimeType()).isEqualTo("text/plain");
    assertThat(head.metadata()).containsEntry("quayside-note", "one two");
    StoredObject object = store().get(bucket(), key, 1000, Arena.ofAuto());
    assertThat(object.content().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(CONTENT);
    assertThat(object.head()).isEqualTo(head);
  }

  @Test
  void emptyObject_isReadBack() throws Exception {
    store().put(bucket(), run + "/empty", "image/jpeg", Map.of(), new byte[0]);

    assertThat(store().head(bucket(), run + "/empty").size()).isZero();
    assertThat(store().get(bucket(), run + "/empty", 10, Arena.ofAuto()).content().byteSize())
        .isZero();
  }

  @Test
  void secondPut_replacesTheFirst() throws Exception {
    store().put(bucket(), run + "/a", "text/plain", Map.of("quayside-note", "1"), CONTENT);
    store().put(bucket(), run + "/a", "image/png", Map.of(), new byte[] {1});

    ObjectHead head = store().head(bucket(), run + "/a");
    assertThat(head.size()).isEqualTo(1);
    assertThat(head.mimeType()).isEqualTo("image/png");
    assertThat(head.metadata()).isEmpty();
  }

  @Test
  void objectThatDoesNotExist_isNotFound() {
    assertThatThrownBy(() -> store().head(bucket(), run + "/none"))
        .isExactlyInstanceOf(ObjectNotFoundException.class);
    assertThatThrownBy(() -> store().get(bucket(), run + "/none", 10, Arena.ofAuto()))
        .isInstanceOf(ObjectNotFoundException.class);
  }

  @Test
  void bucketThatDoesNotExist_isNotFound() {
    assertThatThrownBy(() -> store().head("no-such-bucket", "a"))
        .isInstanceOf(BucketNotFoundException.class);
    assertThatThrownBy(() -> store().put("no-such-bucket", "a", "text/plain", Map.of(), CONTENT))
        .isInstanceOf(ObjectNotFoundException.class);
  }

  @Test
  void objectAboveTheLimit_isRefused() throws Exception {
    store().put(bucket(), run + "/large", "text/plain", Map.of(), new byte[100_001]);

    assertThatThrownBy(() -> store().get(bucket(), run + "/large", 100_000, Arena.ofAuto()))
        .isInstanceOf(ObjectTooLargeException.class)
        .hasMessageContaining(run + "/large");
    assertThat(store().get(bucket(), run + "/large", 100_001, Arena.ofAuto()).content().byteSize())
        .isEqualTo(100_001);
  }

  /** Pages of two: what follows begins after the last key, and keys come byte by byte. */
  @Test
  void listing_goesThroughAllKeysInOrderPageByPage() throws Exception {
    List<String> keys =
        List.of("a b", "a%2Fb", "a+c", "a/b", "z", "é", "照片", "\uE000", "\uD83D\uDE00");
    for (String key : keys) {
      store().put(bucket(), run + "/list/" + key, "text/plain", Map.of(), CONTENT);
    }
    List<String> listed = new ArrayList<>();
    String after = "";
    ObjectPage page;
    do {
      page = store().list(bucket(), run + "/list/", after, 2);
      page.objects().forEach(object -> listed.add(object.key()));
      after = page.objects().getLast().key();
    } while (!page.isLast() && listed.size() <= keys.size());

    assertThat(listed)
        .containsExactlyElementsOf(keys.stream().map(k -> run + "/list/" + k)::iterator);
    ListedObject first = store().list(bucket(), run + "/list/", "", 1).objects().getFirst();
    ObjectHead head = store().head(bucket(), first.key());
    assertThat(first)
        .isEqualTo(new ListedObject(first.key(), head.etag(), head.size(), head.lastModified()));
  }

  @Test
  void listingOfNothing_isOneEmptyPage() throws Exception {
    assertThat(store().list(bucket(), run + "/nothing/", "", 10))
        .isEqualTo(new ObjectPage(List.of(), true));
  }

  /** Taking a bucket that is not there for an empty one would declare all its objects deleted. */
  @Test
  void listingOfABucketThatDoesNotExist_isNotFound() {
    assertThatThrownBy(() -> store().list("no-such-bucket", "", "", 10))
        .isInstanceOf(BucketNotFoundException.class);
  }

  @Test
  void openedObject_isReadAsAStream() throws Exception {
    store().put(bucket(), run + "/stream", "text/plain", Map.of(), CONTENT);

    try (InputStream content = store().open(bucket(), run + "/stream")) {
      assertThat(content.readAllBytes()).isEqualTo(CONTENT);
    }
    assertThatThrownBy(() -> store().open(bucket(), run + "/none"))
        .isInstanceOf(ObjectNotFoundException.class);
  }
}
