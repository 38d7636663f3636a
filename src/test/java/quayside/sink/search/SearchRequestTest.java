package quayside.sink.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.sink.search.SearchQuery.Position;
import quayside.sink.search.SearchQuery.Variable;

class SearchRequestTest {
  private static final Position PLACE =
      new Position(
          Instant.parse("2026-11-22T18:50:00.123456Z"), new ObjectId("uploads", "a\n\"照片\"/b"));

  @Test
  void noParameters_isFirstPageOfEverything() {
    assertThat(SearchRequest.parse(Map.of()))
        .isEqualTo(new SearchQuery("", null, "", null, null, null, List.of(), 20, null));
  }

  @Test
  void everyParameter_isRead() {
    Map<String, List<String>> parameters = new HashMap<>();
    parameters.put("q", List.of("holiday 照片"));
    parameters.put("bucket", List.of("uploads"));
    parameters.put("prefix", List.of("2026/"));
    parameters.put("mimeType", List.of("Image/*"));
    parameters.put("from", List.of("2026-01-01T00:00:00+08:00"));
    parameters.put("to", List.of("2026-02-01T00:00:00Z"));
    parameters.put("var.uid", List.of("42", "43"));
    parameters.put("var.note", List.of(""));
    parameters.put("limit", List.of("100"));
    parameters.put("cursor", List.of(SearchCursor.text(PLACE)));

    SearchQuery query = SearchRequest.parse(parameters);

    assertThat(query.text()).isEqualTo("holiday 照片");
    assertThat(query.bucket()).isEqualTo("uploads");
    assertThat(query.prefix()).isEqualTo("2026/");
    assertThat(query.mimeType()).isEqualTo(new MimeTypeRange("image", null));
    assertThat(query.from()).isEqualTo(Instant.parse("2025-12-31T16:00:00Z"));
    assertThat(query.to()).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
    assertThat(query.variables())
        .containsExactlyInAnyOrder(
            new Variable("uid", "42"), new Variable("uid", "43"), new Variable("note", ""));
    assertThat(query.limit()).isEqualTo(100);
    assertThat(query.after()).isEqualTo(PLACE);
  }

  // A form sends its empty fields.
  @Test
  void emptyValue_isAbsent() {
    Map<String, List<String>> empty =
        Stream.of("q", "bucket", "prefix", "mimeType", "from", "to", "limit", "cursor")
            .collect(Collectors.toMap(name -> name, name -> List.of("")));
    assertThat(SearchRequest.parse(empty)).isEqualTo(SearchRequest.parse(Map.of()));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("mimetype", "image/png", SearchRefusal.UNKNOWN_PARAMETER),
        Arguments.of("var", "x", SearchRefusal.UNKNOWN_PARAMETER),
        Arguments.of("q", "a\0b", SearchRefusal.BAD_TEXT),
        Arguments.of("q", "\ud83c", SearchRefusal.BAD_TEXT),
        Arguments.of("bucket", "\0", SearchRefusal.BAD_TEXT),
        Arguments.of("var.a\0", "x", SearchRefusal.BAD_TEXT),
        Arguments.of("var.a", "\0", SearchRefusal.BAD_TEXT),
        Arguments.of("q", "a".repeat(257), SearchRefusal.QUERY_TOO_LONG),
        Arguments.of("prefix", "a".repeat(4_097), SearchRefusal.PARAMETER_TOO_LONG),
        Arguments.of("var." + "a".repeat(4_097), "x", SearchRefusal.PARAMETER_TOO_LONG),
        Arguments.of("mimeType", "image", SearchRefusal.BAD_MIME_TYPE),
        Arguments.of("mimeType", "*/*", SearchRefusal.BAD_MIME_TYPE),
        Arguments.of("mimeType", "image/png; q=1", SearchRefusal.BAD_MIME_TYPE),
        Arguments.of("from", "yesterday", SearchRefusal.BAD_TIME),
        Arguments.of("to", "2026-01-01", SearchRefusal.BAD_TIME),
        Arguments.of("to", "+999999999-01-01T00:00:00Z", SearchRefusal.BAD_TIME),
        Arguments.of("var.", "x", SearchRefusal.BAD_VARIABLE),
        Arguments.of("limit", "0", SearchRefusal.BAD_LIMIT),
        Arguments.of("limit", "101", SearchRefusal.BAD_LIMIT),
        Arguments.of("limit", "-1", SearchRefusal.BAD_LIMIT),
        Arguments.of("limit", "ten", SearchRefusal.BAD_LIMIT),
        Arguments.of("limit", "99999999999", SearchRefusal.BAD_LIMIT));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void wrongParameter_isRefusedWithItsReason(String name, String value, SearchRefusal refusal) {
    assertRefused(Map.of(name, List.of(value)), refusal);
  }

  @Test
  void repeatedParameter_isRefused() {
    assertRefused(Map.of("q", List.of("a", "b")), SearchRefusal.REPEATED_PARAMETER);
  }

  @Test
  void fromNotBeforeTo_isRefused() {
    String time = "2026-01-01T00:00:00Z";
    assertRefused(Map.of("from", List.of(time), "to", List.of(time)), SearchRefusal.BAD_TIME_RANGE);
  }

  @Test
  void tooManyVariables_areRefused() {
    List<String> values =
        IntStream.rangeClosed(0, SearchRequest.MAX_VARIABLES).mapToObj(Integer::toString).toList();
    assertRefused(Map.of("var.a", values), SearchRefusal.BAD_VARIABLE);
  }

  @Test
  void longestQuery_isAccepted() {
    String emoji = "🎉".repeat(SearchRequest.MAX_TEXT);
    assertThat(SearchRequest.parse(Map.of("q", List.of(emoji))).text()).isEqualTo(emoji);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!",
        "a",
        "bnVsbA",
        "e30",
        "W10",
        "eyJ1cGxvYWRlZEF0IjoieCIsImJ1Y2tldCI6ImIiLCJrZXkiOiJrIn0",
        // {"uploadedAt":"2026-01-01T00:00:00Z","bucket":"","key":"k"}
        "eyJ1cGxvYWRlZEF0IjoiMjAyNi0wMS0wMVQwMDowMDowMFoiLCJidWNrZXQiOiIiLCJrZXkiOiJrIn0",
        // {"uploadedAt":"2026-01-01T00:00:00Z","bucket":"b","key":"k\u0000"}
        "eyJ1cGxvYWRlZEF0IjoiMjAyNi0wMS0wMVQwMDowMDowMFoiLCJidWNrZXQiOiJiIiwia2V5Ijoia1x1MDAwMCJ9",
        // {"uploadedAt":"+292278994-08-17T07:12:55.807Z","bucket":"b","key":"k"}
        "eyJ1cGxvYWRlZEF0IjoiKzI5MjI3ODk5NC0wOC0xN1QwNzoxMjo1NS44MDdaIiwiYnVja2V0IjoiYiIsImtleSI6ImsifQ",
        // {"uploadedAt":"2026-01-01T00:00:00Z","bucket":"b"}
        "eyJ1cGxvYWRlZEF0IjoiMjAyNi0wMS0wMVQwMDowMDowMFoiLCJidWNrZXQiOiJiIn0"
      })
  void foreignCursor_isRefused(String cursor) {
    assertRefused(Map.of("cursor", List.of(cursor)), SearchRefusal.BAD_CURSOR);
  }

  // The longest key there is, at its worst in JSON, must still fit into a parameter.
  @Test
  void cursorOfLongestKey_isAccepted() {
    Position place =
        new Position(PLACE.uploadedAt(), new ObjectId("b".repeat(63), "\"".repeat(1_023)));
    String cursor = SearchCursor.text(place);
    assertThat(SearchRequest.parse(Map.of("cursor", List.of(cursor))).after()).isEqualTo(place);
  }

  private static void assertRefused(Map<String, List<String>> parameters, SearchRefusal refusal) {
    assertThatExceptionOfType(SearchRequestException.class)
        .isThrownBy(() -> SearchRequest.parse(parameters))
        .extracting(SearchRequestException::refusal)
        .isEqualTo(refusal);
  }
}
