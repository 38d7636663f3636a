package quayside.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.event.EventType;

/** The configuration as it is shipped, what is made of it, and what stops the start. */
class RegistryConfigTest {
  private static final URI URL = URI.create("http://registry:8080/apis/ccompat/v7");

  @Test
  void defaults_areTheDocumentedOnes() {
    RegistryConfig config = TestRegistryConfig.of();

    assertThat(config.url()).isEmpty();
    assertThat(config.username()).isEmpty();
    assertThat(config.password()).isEmpty();
    assertThat(config.token()).isEmpty();
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void subject_isTheTopicThatIsConfigured() {
    Subjects renamed =
        TestRegistryConfig.subjects("quayside.topics.object-uploaded", "team/a uploads");

    assertThat(renamed.of(EventType.OBJECT_UPLOADED_V1)).isEqualTo("team/a uploads-value");
    assertThat(renamed.of(EventType.OBJECT_DELETED_V1)).isEqualTo("oss.object.deleted.v1-value");
    assertThat(RegistryAddress.of(URL, TestRegistryConfig.of()).subject("team/a uploads-value"))
        .hasToString("http://registry:8080/apis/ccompat/v7/subjects/team%2Fa%20uploads-value");
  }

  @Test
  void address_endsWithOrWithoutASlash() {
    RegistryAddress address =
        RegistryAddress.of(URI.create("https://registry/"), TestRegistryConfig.of());

    assertThat(address.versions("s")).hasToString("https://registry/subjects/s/versions");
    assertThat(address.authorization()).isNull();
  }

  @Test
  void credentials_areSentAndNotShown() {
    RegistryAddress basic =
        RegistryAddress.of(
            URL,
            TestRegistryConfig.of(
                "quayside.registry.username", "ann", "quayside.registry.password", "s3:cret"));
    RegistryAddress bearer =
        RegistryAddress.of(URL, TestRegistryConfig.of("quayside.registry.token", "abc.DEF-1=="));

    assertThat(basic.authorization()).isEqualTo("Basic YW5uOnMzOmNyZXQ=");
    assertThat(bearer.authorization()).isEqualTo("Bearer abc.DEF-1==");
    assertThat(basic + " " + bearer).doesNotContain("YW5u", "cret", "abc");
  }

  /** Each names its key and the rule, and gives no secret away. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "url: is not an http or https URL, ftp://registry/, timeout 5S",
        "url: is not an http or https URL, registry:8080, timeout 5S",
        "url: names no host, http:/apis, timeout 5S",
        "url: has credentials, http://ann:s3cret@registry/, timeout 5S",
        "url: ends in a query or fragment, http://registry/?a=s3cret, timeout 5S",
        "\"username, password: one is set\", http://registry/, username ann",
        "\"username, password: one is set\", http://registry/, password s3cret",
        "token: is set beside, http://registry/, username ann password s3cret token s3cret",
        "token: has characters that no token has, http://registry/, \"token s3cret\\n\"",
        "username: has a colon, http://registry/, username a:n password s3cret",
        "timeout: PT0S must be positive, http://registry/, timeout 0S",
      })
  void badValue_stopsTheStart(String rule, URI url, String settings) {
    List<String> keysAndValues = new ArrayList<>();
    String[] words = settings.split(" ");
    for (int i = 0; i < words.length; i += 2) {
      keysAndValues.add("quayside.registry." + words[i]);
      keysAndValues.add(words[i + 1].replace("\\n", "\n"));
    }
    RegistryConfig config = TestRegistryConfig.of(keysAndValues.toArray(String[]::new));

    assertThatThrownBy(() -> RegistryAddress.of(url, config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("quayside.registry." + rule)
        .hasMessageNotContaining("s3cret");
  }
}
