package quayside.sink.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.sink.catalog.CatalogEvents.Page;
import quayside.sink.catalog.CatalogEvents.Position;

/**
 * The catalog gives the index back what the index lost: objects of which the catalog alone still
 * knows, since their events were never on the topics.
 */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class CatalogReindexTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @Inject ObjectSink objects;
  @Inject ThumbnailSink thumbnails;
  @Inject TombstoneSink tombstones;
  @Inject CatalogEvents events;

  @TestHTTPResource(value = "/reindex", management = true)
  URI reindex;

  private final String bucket = Upload.newBucket();
  private final Upload photo = Upload.of(bucket, "photo.jpg");

  @Test
  void indexThatLostEverything_isRestoredFromTheCatalogAndWhatIsGoneStaysGone() throws Exception {
    Upload gone = photo.withKey("gone.jpg");
    objects.apply(List.of(photo.event(), photo.withKey("other.jpg").event(), gone.event()));
    thumbnails.apply(List.of(photo.thumbnails(), gone.thumbnails()));
    tombstones.apply(List.of(Verdict.gone(bucket, "gone.jpg", Instant.ofEpochSecond(40))));
    search().body("hits", empty());

    given().post(reindex + "?source=catalog&restart=true").then().statusCode(202);
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> given().get(reindex).then().body("state", equalTo("done")));

    given().get(reindex).then().body("source", equalTo("catalog"));
    search()
        .body("hits.key", containsInAnyOrder("photo.jpg", "other.jpg"))
        .body(
            "hits.find { it.key == 'photo.jpg' }.thumbnails.preset",
            containsInAnyOrder("small", "medium"))
        .body("hits.find { it.key == 'photo.jpg' }.etag", equalTo("ETAG-1"));
    // The index knows that it is gone, as of when: a late upload does not bring it back.
    assertThat(indexed("gone.jpg")).isEqualTo("true 40000000");
    assertThat(indexed("photo.jpg")).isEqualTo("false 1");
  }

  @Test
  void pages_haveEveryObjectOnce() throws Exception {
    List<CloudEvent<ObjectUploaded>> uploads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      uploads.add(photo.withKey("key-" + i).event());
    }
    objects.apply(uploads);
    tombstones.apply(List.of(Verdict.gone(bucket, "key-3", Instant.ofEpochSecond(40))));

    List<String> keys = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    Page page = events.page(new Position(bucket, ""), 2);
    while (keys.size() + gone.size() < 8) {
      page.uploads().forEach(event -> keys.add(event.data().key()));
      page.deletions().forEach(event -> gone.add(event.data().key()));
      assertThat(page.uploads().size() + page.deletions().size()).isEqualTo(2);
      page = events.page(page.next().orElseThrow(), 2);
    }

    assertThat(keys).containsExactly("key-0", "key-1", "key-2", "key-4", "key-5", "key-6", "key-7");
    assertThat(gone).containsExactly("key-3");
  }

  @Test
  void event_isTheOneThatTheRowCameFrom() throws Exception {
    objects.apply(List.of(photo.event()));
    thumbnails.apply(List.of(photo.thumbnails()));

    Page page = events.page(new Position(bucket, ""), 1);

    assertThat(page.uploads())
        .singleElement()
        .usingRecursiveComparison()
        .ignoringFields("ingestPath", "data.verification")
        .isEqualTo(photo.event());
    assertThat(page.thumbnails())
        .singleElement()
        .usingRecursiveComparison()
        .ignoringFields("ingestPath", "time")
        .isEqualTo(photo.thumbnails());
  }

  /** After the last object of the last bucket. */
  @Test
  void endOfTheCatalog_isAPageOfNothing() throws Exception {
    Page page = events.page(new Position("\uffff", ""), 10);

    assertThat(page.uploads()).isEmpty();
    assertThat(page.next()).isEmpty();
  }

  private ValidatableResponse search() {
    return given().queryParam("bucket", bucket).get("/api/search").then().statusCode(200);
  }

  private String indexed(String key) throws Exception {
    try (Connection connection = Database.connect();
        PreparedStatement select =
            connection.prepareStatement(
                "select deleted || ' ' || version from search.documents where bucket = ? and object_key = ?")) {
      select.setString(1, bucket);
      select.setString(2, key);
      ResultSet row = select.executeQuery();
      return row.next() ? row.getString(1) : "absent";
    }
  }
}
