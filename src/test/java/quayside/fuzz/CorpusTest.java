package quayside.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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
    return list(CORPUS).stream()
        .map(folder ->
            DynamicContainer.dynamicContainer(
                folder.getFileName().toString(),
                inputs(folder).stream().map(file -> test(folder, file))))
        .toList();
  }

  /** A target without inputs, or inputs without a target, would be tested by nobody. */
  @Test
  void everyTarget_hasInputs() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
      List<String> targets =
          sources
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Fuzz.java"))
              .map(name -> name.replace(".java", ""))
              .toList();
      assertThat(list(CORPUS).stream().map(folder -> target(folder).getSimpleName()))
          .containsExactlyInAnyOrderElementsOf(targets);
    }
    assertThat(list(CORPUS)).noneMatch(folder -> inputs(folder).isEmpty());
  }

  private static DynamicTest test(Path folder, Path file) {
    return DynamicTest.dynamicTest(
        file.getFileName().toString(),
        () -> entry(target(folder)).invoke(Files.readAllBytes(file)));
  }

  private static MethodHandle entry(Class<?> target) throws ReflectiveOperationException {
    return MethodHandles.publicLookup()
        .findStatic(target, "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
  }

  private static Class<?> target(Path folder) {
    try {
      return Class.forName(folder.getFileName().toString());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(folder + " is named after no target", e);
    }
  }

  private static List<Path> inputs(Path folder) {
    try {
      return list(folder);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
