package quayside.sink.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FencedRowTest {
  private final Upload upload = Upload.of("b", "k");

  @Test
  void ofOneObject_theNewestStays() {
    assertThat(
            ids(
                upload.withSequence(2).withId("2"),
                upload.withSequence(3).withId("3"),
                upload.withId("1")))
        .containsExactly("3");
  }

  /**
   * What one statement per event would have left: the fence lets only a greater sequence through.
   */
  @Test
  void ofEquallyNewEvents_theFirstStays() {
    assertThat(ids(upload.withId("first"), upload.withId("second"))).containsExactly("first");
  }

  @Test
  void differentObjects_allStay() {
    assertThat(
            ids(
                upload.withId("1"),
                upload.withKey("K").withId("2"),
                Upload.of("c", "k").withId("3")))
        .containsExactlyInAnyOrder("1", "2", "3");
  }

  private static List<String> ids(Upload... uploads) {
    List<FencedRow> rows = java.util.Arrays.stream(uploads).map(FencedRowTest::row).toList();
    return FencedRow.newestOfEachObject(rows).stream().map(row -> row.event().id()).toList();
  }

  private static FencedRow row(Upload upload) {
    return new FencedRow(
        upload.event(),
        new EventIdentity("s", upload.id()),
        new ObjectName(String.valueOf(upload.bucket()), String.valueOf(upload.key())),
        List.of());
  }
}
