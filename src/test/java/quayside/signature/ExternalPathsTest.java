package quayside.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proxies make of a target, and back. */
class ExternalPathsTest {
  private static final String PREFIX = "quayside.callback.external-paths.";

  @ParameterizedTest
  @CsvSource({
    "/cb,            /gateway/oss/callback",
    "/cb?a=%2F&b=+?, /gateway/oss/callback?a=%2F&b=+?",
    "/cb/,           /gateway/oss/callback/",
    "/cb//x/../%E7%85%A7+?/cb, /gateway/oss/callback//x/../%E7%85%A7+?/cb",
    "/cbx,           /cbx",
    "/CB,            /CB",
    "/%63b,          /%63b",
    "//cb,           //cb",
    "/x/cb,          /x/cb",
    "/gateway/oss/callback, /gateway/oss/callback",
    "http://h/cb,    http://h/cb",
    "*,              *"
  })
  void target_isRestoredByWholeSegmentsAndByteForByte(String received, String dialled) {
    assertThat(paths("/cb", "/gateway/oss/callback").restore(received)).isEqualTo(dialled);
  }

  @ParameterizedTest
  @CsvSource({
    "/,        /gateway/",
    "/oss/cb?x, /gateway/oss/cb?x",
    "?x,       ?x",
    "*,        *",
    "http://h/, http://h/"
  })
  void strippedPrefix_isPutBack(String received, String dialled) {
    assertThat(paths("/", "/gateway").restore(received)).isEqualTo(dialled);
  }

  /** A bare prefix would leave an empty path, which nobody dials. */
  @ParameterizedTest
  @CsvSource({"/in/oss?x, /oss?x", "/in/, /", "/in, /in", "/in?x, /in?x", "/inner, /inner"})
  void addedPrefix_isTakenAway(String received, String dialled) {
    assertThat(paths("/in", "/").restore(received)).isEqualTo(dialled);
  }

  @Test
  void severalRules_eachHaveTheirPaths() {
    ExternalPaths paths = paths("/a", "/x/a", "/b", "/y/b", "/ab", "/z");

    assertThat(List.of("/a/1", "/b/1", "/ab/1", "/c/1").stream().map(paths::restore))
        .containsExactly("/x/a/1", "/y/b/1", "/z/1", "/c/1");
  }

  @Test
  void noRule_changesNothing() {
    assertThat(paths().restore("/oss/callback?x")).isEqualTo("/oss/callback?x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cb", "/c b", "/cb/", "/cb?x", "/cb#x", "/c%62", "/c;b", "/ä", ""})
  void badPath_stopsTheStart(String path) {
    assertThatThrownBy(() -> paths(path, "/good")).hasMessageContaining(PREFIX + "rule0.received");
    assertThatThrownBy(() -> paths("/good", path)).hasMessageContaining(PREFIX + "rule0.dialled");
  }

  /** Which of two rules applies must not be a matter of order. */
  @ParameterizedTest
  @CsvSource({"/cb, /cb", "/cb, /cb/sub", "/cb/sub, /cb", "/, /cb"})
  void overlappingRules_stopTheStart(String one, String other) {
    assertThatThrownBy(() -> paths(one, "/x", other, "/y"))
        .hasMessageStartingWith(PREFIX)
        .hasMessageContaining("overlaps with");
  }

  @Test
  void ruleThatWouldSwallowTheApi_stopsTheStart() {
    Predicate<String> everything = path -> path.startsWith("/gateway/");
    Predicate<String> one = "/gateway/oss/callback"::equals;

    assertThatThrownBy(() -> paths("/", "/gateway").outside(everything, List.of("/api/any")))
        .hasMessageContaining("/gateway/api/any")
        .hasMessageContaining("would swallow");
    assertThatCode(() -> paths("/", "/gateway").outside(one, List.of("/api/any")))
        .doesNotThrowAnyException();
  }

  /** A rule as the configuration gives it. */
  private record Configured(String received, String dialled)
      implements ExternalPathsConfig.ExternalPath {}

  private static ExternalPaths paths(String... receivedAndDialled) {
    Map<String, ExternalPathsConfig.ExternalPath> rules = new LinkedHashMap<>();
    for (int i = 0; i < receivedAndDialled.length; i += 2) {
      rules.put("rule" + i / 2, new Configured(receivedAndDialled[i], receivedAndDialled[i + 1]));
    }
    return new ExternalPaths(rules);
  }
}
