package quayside.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every stored input of every fuzz target, and what fuzzing once found, as ordinary tests. */
class CorpusTest {
  private static final Path CORPUS = Path.of("src/test/resources/fuzz");

  @TestFactory
  List<DynamicContainer> everyStoredInput_isHandled() throws IOException {
    return Target.in(CORPUS).stream()
        .map(target ->
            DynamicContainer.dynamicContainer(
                target.type().getSimpleName(),
                target.inputs().stream().map(input -> test(target, input))))
        .toList();
  }

  private static DynamicTest test(Target target, Path input) {
    return DynamicTest.dynamicTest(input.getFileName().toString(), () -> target.run(input));
  }

  /** A target without inputs, or one that `make fuzz` leaves out, would be tested by nobody. */
  @Test
  void everyTarget_hasInputsAndIsFuzzed() throws IOException {
    List<String> targets;
    try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
      targets =
          sources
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Fuzz.java"))
              .map(name -> name.replace(".java", ""))
              .toList();
    }
    String script = Files.readString(Path.of("deploy/make/fuzz.sh"));

    assertThat(Target.in(CORPUS))
        .extracting(target -> target.type().getSimpleName())
        .containsExactlyInAnyOrderElementsOf(targets);
    assertThat(Target.in(CORPUS)).noneMatch(target -> target.inputs().isEmpty());
    assertThat(Target.in(CORPUS))
        .allMatch(target -> script.contains("\n" + target.type().getName() + " "));
  }
}
