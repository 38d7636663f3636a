package quayside.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/**
 * What the native ingress needs is what {@code native-requirements.txt} says, with the reason for
 * each; so that a library or an extension that wants more does not slip in with an update. Reads
 * the sources that {@code make check} has the augmentation make; no part of {@code make test}.
 */
class NativeSourcesCheck {
  private static final Path EXPECTED =
      Path.of("src/test/resources/nativeimage/native-requirements.txt");

  private final NativeSources sources = new NativeSources(Path.of("target/native/native-sources"));

  @Test
  void everyRequirement_isExpected() throws IOException {
    List<Expectation> expected = Expectation.read(EXPECTED);

    assertThat(sources.requirements())
        .as("needed, and not in %s", EXPECTED)
        .filteredOn(needed -> expected.stream().noneMatch(line -> line.covers(needed)))
        .isEmpty();
  }

  @Test
  void everyExpectation_isStillNeeded() throws IOException {
    SortedSet<Requirement> needed = sources.requirements();

    assertThat(Expectation.read(EXPECTED))
        .as("in %s, and not needed any more", EXPECTED)
        .filteredOn(line -> needed.stream().noneMatch(line::covers))
        .isEmpty();
  }

  /** Nothing is looked for while it runs that was not found while it was built. */
  @Test
  void builder_isToldToFailRatherThanToFallBack() throws IOException {
    assertThat(sources.arguments())
        .contains(
            "--no-fallback",
            "--link-at-build-time",
            "--enable-url-protocols=http,https",
            "-J-Dvertx.disableURIValidation=true");
  }

  /** Both are what keeps its memory where it is promised to be. */
  @Test
  void builder_isToldToMakeItSmall_andToLeaveItsAddressOpen() throws IOException {
    assertThat(sources.arguments()).contains("-Os", "-H:NativeLinkerOption=-pie");
  }
}
