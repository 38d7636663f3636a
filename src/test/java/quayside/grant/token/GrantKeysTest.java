package quayside.grant.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantKeysTest {
  @TempDir Path directory;

  @Test
  void configuredKeys_lastIdSigns() {
    GrantKeys keys =
        new GrantKeys(source(Map.of("a", GrantScenario.SECRET, "b", GrantScenario.OTHER_SECRET)));

    assertThat(keys.current().keys()).containsOnlyKeys("a", "b");
    assertThat(keys.current().signingId()).contains("b");
  }

  @Test
  void noKeys_areAnEmptyRing() {
    assertThat(new GrantKeys(source(Map.of())).current()).isEqualTo(GrantKeyRing.EMPTY);
  }

  /** Rotation without a restart: add the new key, let it sign, remove the old one. */
  @Test
  void rotation_takesThreeSteps() throws Exception {
    write("2026-01", GrantScenario.SECRET);
    write("signing-key", "2026-01\n");
    GrantKeys keys = new GrantKeys(source(Map.of()));
    GrantScenario scenario = new GrantScenario();
    scenario.minting = keys.current();
    String oldToken = scenario.token();

    write("2026-02", GrantScenario.OTHER_SECRET + "\n");
    assertThat(keys.refresh()).isTrue();
    assertThat(keys.current().signingId()).contains("2026-01");
    assertThat(keys.current().keys()).containsOnlyKeys("2026-01", "2026-02");

    write("signing-key", "2026-02");
    assertThat(keys.refresh()).isTrue();
    assertThat(keys.current().signingId()).contains("2026-02");
    assertThat(scenario.verifiedWith(keys.current()).outcome(oldToken)).isEqualTo("accepted");

    Files.delete(directory.resolve("2026-01"));
    assertThat(keys.refresh()).isTrue();
    assertThat(scenario.verifiedWith(keys.current()).outcome(oldToken))
        .isEqualTo("grant-unknown-key");
    assertThat(keys.refresh()).isFalse();
  }

  /**
   * A Kubernetes Secret is mounted as links into a hidden directory, which is swapped as a whole.
   */
  @Test
  void mountedSecret_isRead() throws IOException {
    Path version = Files.createDirectory(directory.resolve("..2026_01"));
    Files.writeString(version.resolve("k1"), GrantScenario.SECRET);
    Files.createSymbolicLink(directory.resolve("..data"), version);
    Files.createSymbolicLink(directory.resolve("k1"), directory.resolve("..data").resolve("k1"));

    assertThat(new GrantKeys(source(Map.of())).current().keys()).containsOnlyKeys("k1");
  }

  @Test
  void badChange_keepsTheKeysInForce() throws IOException {
    write("k1", GrantScenario.SECRET);
    GrantKeys keys = new GrantKeys(source(Map.of()));
    GrantKeyRing before = keys.current();

    write("k2", "short");

    assertThatThrownBy(keys::refresh)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("secret of grant key k2 has 5 bytes; it must have at least 32");
    assertThat(keys.current()).isSameAs(before);
  }

  @Test
  void badKeys_stopTheStart() throws IOException {
    assertThatThrownBy(() -> new GrantKeys(source(Map.of("a.b", GrantScenario.SECRET))))
        .hasMessageContaining("grant key id \"a.b\" must be");
    assertThatThrownBy(() ->
            new GrantKeys(
                new GrantKeySource(
                    Map.of("a", GrantScenario.SECRET), Optional.empty(), Optional.of("b"))))
        .hasMessageContaining("signing key \"b\" must be one of the grant keys [a]");
    assertThatThrownBy(() ->
            new GrantKeys(
                new GrantKeySource(
                    Map.of(), Optional.of(directory.resolve("none")), Optional.empty())))
        .hasMessageContaining("grant keys cannot be read");
  }

  private GrantKeySource source(Map<String, String> configured) {
    return new GrantKeySource(configured, Optional.of(directory), Optional.empty());
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
  }
}
