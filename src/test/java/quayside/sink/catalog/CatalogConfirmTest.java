package quayside.sink.catalog;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.oss.InMemoryObjectStore;
import quayside.oss.ObjectStore;

/** {@code quayside.catalog.confirm=head}: every upload is looked at, beside its batch. */
@QuarkusTest
@TestProfile(CatalogConfirmTest.Confirming.class)
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class CatalogConfirmTest {
  private static final String BUCKET = "uploads";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Inject ObjectSink objects;
  @Inject ObjectStore store;

  /** The setting. */
  public static final class Confirming implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quayside.catalog.confirm", "head");
    }
  }

  @Test
  void everyUploadOfABatch_isComparedWithTheBucket() throws Exception {
    String run = UUID.randomUUID() + "/";
    byte[] content = new byte[4711];
    store.put(BUCKET, run + "true", "image/jpeg", Map.of(), content);
    store.put(BUCKET, run + "lie", "image/jpeg", Map.of(), new byte[] {1});
    String etag = InMemoryObjectStore.etag(content);

    objects.apply(
        List.of(
            Upload.of(BUCKET, run + "true").withEtag(etag).event(),
            Upload.of(BUCKET, run + "lie").withEtag(etag).event(),
            Upload.of(BUCKET, run + "gone").withEtag(etag).event()));

    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          object(run + "true").body("verificationLevel", equalTo("confirmed"));
          object(run + "lie").body("disputed.size", equalTo(1)).body("etag", equalTo(etag));
          object(run + "gone").body("reason", equalTo("object-deleted"));
        });
  }

  private static io.restassured.response.ValidatableResponse object(String key) {
    return given().get("/api/objects/" + BUCKET + "/" + key).then();
  }
}
