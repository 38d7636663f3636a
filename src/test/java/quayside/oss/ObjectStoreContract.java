package quayside.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
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
    StoredObject object = store().get(bucket(), key, 1000);
    assertThat(object.content()).isEqualTo(CONTENT);
    assertThat(object.head()).isEqualTo(head);
  }

  @Test
  void emptyObject_isReadBack() throws Exception {
    store().put(bucket(), run + "/empty", "image/jpeg", Map.of(), new byte[0]);

    assertThat(store().head(bucket(), run + "/empty").size()).isZero();
    assertThat(store().get(bucket(), run + "/empty", 10).content()).isEmpty();
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
        .isInstanceOf(ObjectNotFoundException.class);
    assertThatThrownBy(() -> store().get(bucket(), run + "/none", 10))
        .isInstanceOf(ObjectNotFoundException.class);
  }

  @Test
  void bucketThatDoesNotExist_isNotFound() {
    assertThatThrownBy(() -> store().head("no-such-bucket", "a"))
        .isInstanceOf(ObjectNotFoundException.class);
    assertThatThrownBy(() -> store().put("no-such-bucket", "a", "text/plain", Map.of(), CONTENT))
        .isInstanceOf(ObjectNotFoundException.class);
  }

  @Test
  void objectAboveTheLimit_isRefused() throws Exception {
    store().put(bucket(), run + "/large", "text/plain", Map.of(), new byte[100_001]);

    assertThatThrownBy(() -> store().get(bucket(), run + "/large", 100_000))
        .isInstanceOf(ObjectTooLargeException.class)
        .hasMessageContaining(run + "/large");
    assertThat(store().get(bucket(), run + "/large", 100_001).content()).hasSize(100_001);
  }
}
