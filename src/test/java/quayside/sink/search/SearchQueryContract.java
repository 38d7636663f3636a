package quayside.sink.search;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.sink.search.Changes.NOON;
import static quayside.sink.search.Changes.document;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.sink.search.SearchQuery.Position;

/**
 * What every engine behind {@link SearchIndex} promises about finding. Each test has a bucket of
 * its own.
 */
abstract class SearchQueryContract {
  private static final List<String> FILE_NAMES =
      List.of(
          "photos/2024/IMG_2041.JPG",
          "photos/wörld-tour.jpeg",
          "docs/Holiday Plan.pdf",
          "docs/HolidayPhotos.zip",
          "eBook.epub",
          "相册/照片集2024年.png",
          "相册/我的照.png",
          "相册/片尾照.png",
          "カタカナ.txt",
          "한국어파일.txt",
          "backup.tar.gz",
          "src/c++.txt",
          "src/cat.c",
          "100%_done.txt",
          "100 percent.txt",
          "under_score.txt");

  private final String bucket = UUID.randomUUID().toString();

  /** The engine; the same for all tests of a class. */
  abstract SearchIndex index();

  /** Makes what was written visible to searches, where the engine does not do so at once. */
  void refresh() {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          img_2041.jpg    | photos/2024/IMG_2041.JPG
          IMG2041         | photos/2024/IMG_2041.JPG
          img 2041        | photos/2024/IMG_2041.JPG
          mg_20           | photos/2024/IMG_2041.JPG
          041             | photos/2024/IMG_2041.JPG
          2041 img        | photos/2024/IMG_2041.JPG
          photos/2024     | photos/2024/IMG_2041.JPG
          img-2041        | photos/2024/IMG_2041.JPG
          2041-img        |
          world           | photos/wörld-tour.jpeg
          WÖRLD           | photos/wörld-tour.jpeg
          wo              | photos/wörld-tour.jpeg
          orl             | photos/wörld-tour.jpeg
          or              |
          holiday         | docs/Holiday Plan.pdf, docs/HolidayPhotos.zip
          holidayphotos   | docs/HolidayPhotos.zip
          holiday-photos  | docs/HolidayPhotos.zip
          holiday ph      | docs/HolidayPhotos.zip
          plan holiday    | docs/Holiday Plan.pdf
          holiday.zip     |
          eb              | eBook.epub
          ebook           | eBook.epub
          e-book          | eBook.epub
          gz              | backup.tar.gz
          tar.gz          | backup.tar.gz
          jpg             | photos/2024/IMG_2041.JPG
          .jp             | photos/2024/IMG_2041.JPG, photos/wörld-tour.jpeg
          照              | 相册/照片集2024年.png, 相册/我的照.png, 相册/片尾照.png
          片              | 相册/照片集2024年.png, 相册/片尾照.png
          照片            | 相册/照片集2024年.png
          照片集          | 相册/照片集2024年.png
          片集            | 相册/照片集2024年.png
          照片年          |
          片照            |
          尾照            | 相册/片尾照.png
          集2024          | 相册/照片集2024年.png
          照片 2024       | 相册/照片集2024年.png
          2024年          | 相册/照片集2024年.png
          024年           | 相册/照片集2024年.png
          ２０２４        | photos/2024/IMG_2041.JPG, 相册/照片集2024年.png
          カナ            | カタカナ.txt
          ｶﾀ              | カタカナ.txt
          국어            | 한국어파일.txt
          c++             | src/c++.txt
          c               | src/c++.txt, src/cat.c
          +               | src/c++.txt
          %               | 100%_done.txt
          0%              |
          00%             | 100%_done.txt
          %_d             | 100%_done.txt
          r_s             | under_score.txt
          _               | photos/2024/IMG_2041.JPG, 100%_done.txt, under_score.txt
          nothing         |
          """)
  void text_findsExactlyTheNamesItShould(String typed, String names) throws Exception {
    write(FILE_NAMES);
    Set<String> expected = names == null ? Set.of() : Set.of(names.split(", "));
    assertThat(keys(find().text(typed))).containsExactlyInAnyOrderElementsOf(expected);
  }

  static List<String> hostileNames() {
    return List.of(
        "<script>alert(1)</script>.png",
        "a' or '1'='1",
        "'; drop table search.documents; --",
        "a & b | !c <-> d:*",
        "C:\\temp\\x.txt",
        "50%_off\\%.txt",
        "tab\tnewline\nreturn\r.txt",
        "\u202Etxt.exe",
        "\u200Bzero\uFEFFwidth",
        "${jndi:ldap://x}",
        "{\"json\": [1]}",
        "$1 $$ $tag$",
        "👨‍👩‍👧 family 🎉.png",
        "\"double\" `back`",
        "مرحبا.txt",
        "x".repeat(1_000),
        "é".repeat(500),
        "照".repeat(341),
        "a.".repeat(500),
        "?".repeat(300),
        "\u0301\u0301",
        "\u0001\u007f");
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void hostileName_isKeptToTheLetterAndFound(String name) throws Exception {
    write(hostileNames());
    String typed =
        name.substring(
            0, name.offsetByCodePoints(0, Math.min(256, name.codePointCount(0, name.length()))));
    assertThat(keys(find().text(typed))).contains(name);
    assertThat(keys(find().prefix(name))).contains(name).allMatch(key -> key.startsWith(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!",
        "a & !b",
        "a | b",
        "<->",
        "foo:*",
        "(",
        "'",
        "\\",
        "''\\'",
        "%%%",
        "___",
        "a\\",
        ":A",
        "\u202E",
        "\u0000x\u0301"
      })
  void queryThatLooksLikeSyntax_isTextAndFindsNothingElse(String typed) throws Exception {
    write(List.of("plain name.txt"));
    assertThat(keys(find().text(typed.replace("\0", "")))).isEmpty();
  }

  // Four characters make many near misses: pairs that occur, but not side by side.
  @Test
  void chineseText_findsExactlyTheNamesThatContainIt() throws Exception {
    Random random = new Random(42);
    Set<String> names = new HashSet<>();
    while (names.size() < 90) {
      names.add(chinese(random, 1 + random.nextInt(7)));
    }
    write(List.copyOf(names));
    for (int i = 0; i < 150; i++) {
      String typed = chinese(random, 1 + random.nextInt(4));
      assertThat(keys(find().text(typed)))
          .as(typed)
          .containsExactlyInAnyOrderElementsOf(
              names.stream().filter(name -> name.contains(typed)).toList());
    }
  }

  @Test
  void latinText_ofThreeLetters_findsEveryNameThatContainsIt() throws Exception {
    Random random = new Random(42);
    Set<String> names = new HashSet<>();
    while (names.size() < 90) {
      names.add(
          random
              .ints(1 + random.nextInt(20), 0, 14)
              .mapToObj("abcABC019_-./ "::charAt)
              .map(String::valueOf)
              .reduce("x", String::concat));
    }
    write(List.copyOf(names));
    for (String name : names) {
      for (String piece : name.split(" ")) {
        if (piece.length() >= 3) {
          assertThat(keys(find().text(piece.substring(piece.length() - 3))))
              .as("%s of %s", piece, name)
              .contains(name);
        }
      }
    }
  }

  @Test
  void filters_eachAndCombined() throws Exception {
    ObjectDocument base = document(0);
    put("a/photo.png", 1, Changes.mimeType(base, "image/png"));
    put(
        "a/photo.jpg",
        2,
        Changes.variables(
            Changes.mimeType(base, "Image/JPEG; q=1"), Map.of("uid", "42", "x", "%")));
    put(
        "A/photo.txt",
        3,
        Changes.uploadedAt(Changes.mimeType(base, "text/plain"), NOON.plus(Duration.ofHours(1))));
    put("b/bare", 4, Changes.variables(Changes.mimeType(base, null), Map.of("uid", "42")));
    put("b/odd", 5, Changes.mimeType(base, "not a type"));
    write(bucket + "-other", List.of("a/photo.png"));

    assertThat(keys(find())).hasSize(5);
    assertThat(keys(find().mimeType("image/png"))).containsExactly("a/photo.png");
    assertThat(keys(find().mimeType("image/jpeg"))).containsExactly("a/photo.jpg");
    assertThat(keys(find().mimeType("image/*")))
        .containsExactlyInAnyOrder("a/photo.png", "a/photo.jpg");
    assertThat(keys(find().mimeType("imag/*"))).isEmpty();
    assertThat(keys(find().prefix("a/"))).containsExactlyInAnyOrder("a/photo.png", "a/photo.jpg");
    assertThat(keys(find().prefix("%"))).isEmpty();
    assertThat(keys(find().variable("uid", "42")))
        .containsExactlyInAnyOrder("a/photo.jpg", "b/bare");
    assertThat(keys(find().variable("uid", "42").variable("x", "%")))
        .containsExactly("a/photo.jpg");
    assertThat(keys(find().variable("uid", "42").variable("uid", "43"))).isEmpty();
    assertThat(keys(find().variable("uid", "4%"))).isEmpty();
    assertThat(keys(find().from(NOON.plusSeconds(1)))).containsExactly("A/photo.txt");
    assertThat(keys(find().to(NOON.plusSeconds(1)))).hasSize(4).doesNotContain("A/photo.txt");
    assertThat(keys(find().from(NOON).to(NOON))).isEmpty();
    assertThat(
            keys(
                find()
                    .text("photo")
                    .prefix("a/")
                    .mimeType("image/*")
                    .variable("uid", "42")
                    .from(NOON)
                    .to(NOON.plusSeconds(9))))
        .containsExactly("a/photo.jpg");
  }

  @Test
  void timeRange_includesFromExcludesTo_toTheMicrosecond() throws Exception {
    Instant time = NOON.plusNanos(123_456_789);
    put("a", 1, Changes.uploadedAt(document(0), time));
    Instant kept = NOON.plusNanos(123_456_000);
    assertThat(index().search(find().query()).hits())
        .extracting(SearchHit::uploadedAt)
        .containsExactly(kept);
    assertThat(keys(find().from(kept).to(kept.plusNanos(1_000)))).containsExactly("a");
    assertThat(keys(find().from(kept.plusNanos(1_000)))).isEmpty();
    assertThat(keys(find().to(kept))).isEmpty();
  }

  @Test
  void order_isNewestFirstThenKeyDownwards() throws Exception {
    put("old", 1, Changes.uploadedAt(document(0), NOON));
    put("b", 2, Changes.uploadedAt(document(0), NOON.plusSeconds(1)));
    put("a", 3, Changes.uploadedAt(document(0), NOON.plusSeconds(1)));
    put("é", 4, Changes.uploadedAt(document(0), NOON.plusSeconds(1)));
    assertThat(keys(find())).containsExactly("é", "b", "a", "old");
  }

  // While somebody turns pages, uploads go on: each object that was there is seen once, none twice.
  @Test
  void pages_whileOthersWrite_showEveryObjectOnce() throws Exception {
    Random random = new Random(7);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 47; i++) {
      names.add("page-" + i);
      put(names.getLast(), 1, Changes.uploadedAt(document(0), NOON.plusSeconds(random.nextInt(5))));
    }
    List<String> seen = new ArrayList<>();
    Position next = null;
    int pages = 0;
    do {
      SearchPage page = index().search(find().text("page").limit(5).after(next).query());
      seen.addAll(page.hits().stream().map(SearchHit::key).toList());
      next = page.next();
      put("page-new-" + pages++, 1, Changes.uploadedAt(document(0), NOON.plusSeconds(60)));
      index().bulk(List.of(new Change.Tombstone(new ObjectId(bucket, seen.getLast()), 2)));
      refresh();
    } while (next != null);
    assertThat(pages).isEqualTo(10);
    assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void lastPage_thatIsFull_hasNoNext() throws Exception {
    write(List.of("a", "b", "c"));
    assertThat(index().search(find().limit(3).query()).next()).isNull();
    assertThat(index().search(find().limit(2).query()).next()).isNotNull();
  }

  private static String chinese(Random random, int length) {
    StringBuilder text = new StringBuilder();
    random.ints(length, 0, 4).forEach(i -> text.append("照片集年".charAt(i)));
    return text.toString();
  }

  private QueryScenario find() {
    return new QueryScenario(bucket);
  }

  private void write(List<String> names) throws Exception {
    write(bucket, names);
  }

  private void write(String bucket, List<String> names) throws Exception {
    List<Change> changes = new ArrayList<>();
    names.forEach(name -> changes.add(Changes.upsert(new ObjectId(bucket, name), 1)));
    assertThat(index().bulk(changes)).allMatch(Outcome.APPLIED::equals);
    refresh();
  }

  private void put(String key, long version, ObjectDocument document) throws Exception {
    index().bulk(List.of(new Change.Upsert(new ObjectId(bucket, key), version, document)));
    refresh();
  }

  private List<String> keys(QueryScenario scenario) throws Exception {
    return index().search(scenario.query()).hits().stream().map(SearchHit::key).toList();
  }
}
