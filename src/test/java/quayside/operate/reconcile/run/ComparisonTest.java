package quayside.operate.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.operate.reconcile.run.Fakes.LONG_AGO;
import static quayside.operate.reconcile.run.Fakes.NOW;
import static quayside.operate.reconcile.run.Fakes.OLD;
import static quayside.operate.reconcile.run.Fakes.bucket;
import static quayside.operate.reconcile.run.Fakes.entry;
import static quayside.operate.reconcile.run.Fakes.listed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import quayside.oss.Keys;
import quayside.oss.ListedObject;
import quayside.sink.catalog.CatalogWalk.Entry;
import quayside.sink.search.IndexedVersions.Version;

class ComparisonTest {
  private static final Duration GRACE = Duration.ofMinutes(2);

  @Test
  void equalSides_haveNoDifference() throws Exception {
    assertThat(differences(bucket(listed("a"), listed("b")), entry("a"), entry("b"))).isEmpty();
  }

  @Test
  void everySideAlone_isFound() throws Exception {
    assertThat(
            differences(
                bucket(listed("a"), listed("c"), listed("e")), entry("b"), entry("c"), entry("d")))
        .containsExactly("missing a", "deleted b", "deleted d", "missing e");
  }

  @Test
  void otherEtagOrSize_isChanged() throws Exception {
    Entry size = new Entry("a", "E-a", 6L, false, OLD, LONG_AGO, null, false);
    Entry etag = new Entry("b", "OTHER", 5L, false, OLD, LONG_AGO, null, false);
    Entry unknown = new Entry("c", null, null, false, OLD, LONG_AGO, null, false);

    assertThat(differences(bucket(listed("a"), listed("b"), listed("c")), size, etag, unknown))
        .containsExactly("changed a", "changed b");
  }

  @Test
  void tombstoneOfAnObjectThatIsThere_isMissing() throws Exception {
    Entry tombstone = new Entry("a", null, null, true, OLD, LONG_AGO, null, false);

    assertThat(differences(bucket(listed("a")), tombstone)).containsExactly("missing a");
    assertThat(differences(bucket(), tombstone)).isEmpty();
  }

  /** The callback of an upload that was seen by the listing may be on its way. */
  @Test
  void youngObjects_areLeftAlone() throws Exception {
    ListedObject young = new ListedObject("a", "E", 5, NOW.minusSeconds(1));
    Entry later =
        new Entry("b", "E", 5L, false, (NOW.getEpochSecond() + 1) * 1_000_000, NOW, "", false);

    assertThat(differences(bucket(young), later)).isEmpty();
    assertThat(differences(bucket(young), entry("a"))).isEmpty();
  }

  @Test
  void imageWithoutThumbnails_isFoundUnlessNobodyAsks() throws Exception {
    Entry image = new Entry("a", "E-a", 5L, false, OLD, LONG_AGO, "image/png", false);
    Entry shown = new Entry("b", "E-b", 5L, false, OLD, LONG_AGO, "image/png", true);

    assertThat(differences(bucket(listed("a"), listed("b")), image, shown))
        .containsExactly("no-thumbnails a");
    assertThat(
            walk(
                new Comparison(
                    bucket(listed("a")),
                    cursor(Map.of("a", new Version(OLD, false)), image),
                    List.of(),
                    false,
                    GRACE)))
        .isEmpty();
  }

  @Test
  void indexThatIsBehind_isFound() throws Exception {
    Entry tombstone = new Entry("d", null, null, true, OLD, LONG_AGO, null, false);
    Map<String, Version> index =
        Map.of(
            "a", new Version(OLD, false),
            "b", new Version(OLD - 1, false),
            "d", new Version(OLD - 1, false));

    Comparison comparison =
        new Comparison(
            bucket(listed("a"), listed("b"), listed("c")),
            cursor(index, entry("a"), entry("b"), entry("c"), tombstone),
            List.of(),
            true,
            GRACE);

    assertThat(walk(comparison)).containsExactly("stale-index b", "stale-index c", "stale-index d");
  }

  @Test
  void excludedPrefixes_areNotCompared() throws Exception {
    Comparison comparison =
        new Comparison(
            bucket(listed("a"), listed("thumbnails/x.webp")),
            cursor(Map.of()),
            List.of("thumbnails/"),
            true,
            GRACE);

    assertThat(walk(comparison)).containsExactly("missing a");
    assertThat(comparison.compared()).isEqualTo(2);
  }

  /** In Java's own order of strings the emoji would come first, and both sides would differ. */
  @Test
  void keysAreOrderedAsOssLists() throws Exception {
    String[] keys = {"Z", "a", "é", "照", "\uE000", "\uD83D\uDE00"};
    ListedObject[] objects = new ListedObject[keys.length];
    Entry[] entries = new Entry[keys.length];
    for (int i = 0; i < keys.length; i++) {
      objects[i] = listed(keys[i]);
      entries[i] = entry(keys[i]);
      assertThat(i == 0 || Keys.ORDER.compare(keys[i - 1], keys[i]) < 0).isTrue();
    }

    assertThat(differences(bucket(objects), entries)).isEmpty();
  }

  private static List<String> differences(BucketSource bucket, Entry... entries) throws Exception {
    Map<String, Version> index =
        List.of(entries).stream()
            .collect(Collectors.toMap(Entry::key, e -> new Version(e.sequence(), e.isDeleted())));
    return walk(new Comparison(bucket, cursor(index, entries), List.of(), true, GRACE));
  }

  private static CatalogCursor cursor(Map<String, Version> index, Entry... entries) {
    return new CatalogCursor(
        (after, limit) ->
            List.of(entries).stream()
                .filter(entry -> Keys.ORDER.compare(entry.key(), after) > 0)
                .limit(limit)
                .toList(),
        keys -> index,
        "");
  }

  private static List<String> walk(Comparison comparison) throws Exception {
    List<String> found = new ArrayList<>();
    while (comparison.advance()) {
      Difference difference = comparison.difference();
      if (difference != null) {
        found.add(difference.kind().code() + " " + difference.key());
      }
    }
    return found;
  }
}
