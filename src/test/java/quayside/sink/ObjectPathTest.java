package quayside.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectPathTest {

  @ParameterizedTest
  @CsvSource({
    "/api/objects/b/k, k",
    "/api/objects/b/a/b/c.jpg, a/b/c.jpg",
    "/api/objects/b/a%2Fb, a/b",
    "/api/objects/b/a//b, a//b",
    "/api/objects/b//a, /a",
    "/api/objects/b/a/../b, a/../b",
    "/api/objects/b/a+b%2Bc%20d, a+b+c d",
    "/api/objects/b/%E7%85%A7, 照",
    "/api/objects/b/100%2525, 100%25",
    "/api/objects/b/k?x=/api/objects/c/l, k",
    "/api/objects/b/api/objects/c/l, api/objects/c/l",
    "/behind/a/prefix/api/objects/b/k, k",
  })
  void key_isWhatFollowsTheBucketDecodedOnce(String target, String key) {
    assertThat(ObjectPath.parse(target, "")).contains(new ObjectPath("b", key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/objects/b",
        "/api/%6Fbjects/b/k",
        "/api/objects/b/%",
        "/api/objects/b/%zz",
        "/api/objects/b/%FF",
        "/api/objects/%C3/k",
        "/api/objects/b/%ED%A0%80"
      })
  void targetThatNamesNoObject_isRefused(String target) {
    assertThat(ObjectPath.parse(target, "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/objects/b/k/timeline, k",
    "/api/objects/b/a/b/timeline?limit=1, a/b",
    "/api/objects/b/timeline/timeline, timeline",
    "/api/objects/b/a%2Ftimeline/timeline, a/timeline",
    "/api/objects/b//timeline, ''",
  })
  void suffix_isNoPartOfTheKey(String target, String key) {
    assertThat(ObjectPath.parse(target, "/timeline")).contains(new ObjectPath("b", key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/objects/b/k", "/api/objects/b/timeline", "/api/objects/timeline"})
  void targetWithoutTheSuffix_isRefused(String target) {
    assertThat(ObjectPath.parse(target, "/timeline")).isEmpty();
  }
}
