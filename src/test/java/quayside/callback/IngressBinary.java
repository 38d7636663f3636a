package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is tested: the packaged ingress flavour on this JVM, with the options it is deployed with;
 * or what {@code QUAYSIDE_INGRESS_BINARY} names, a native executable or another {@code
 * quarkus-run.jar}.
 */
final class IngressBinary {
  private static final Path PATH =
      Path.of(
          System.getenv()
              .getOrDefault(
                  "QUAYSIDE_INGRESS_BINARY", "target/ingress/quarkus-app/quarkus-run.jar"));
  private static final String JVM_OPTIONS = "deploy/images/ingress.jvm";

  private static final Path NATIVE_IMAGE = Path.of("deploy/images/ingress.Containerfile");

  private IngressBinary() {}

  /** Whether there is no JVM. */
  static boolean isNative() {
    return !PATH.toString().endsWith(".jar");
  }

  /** What figures belong to. */
  static String label() {
    return isNative() ? "native executable" : "JVM " + Runtime.version().feature();
  }

  /** Starts it as a service. */
  static List<String> command(Map<String, String> settings) {
    List<String> properties =
        settings.entrySet().stream()
            .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
            .toList();
    return command(properties, List.of());
  }

  /** Runs one of its commands. */
  static List<String> command(List<String> properties, List<String> arguments) {
    assertThat(PATH).as("`make ingress` makes the default, `make native` the other").exists();
    List<String> command = new ArrayList<>();
    if (isNative()) {
      command.add(PATH.toAbsolutePath().toString());
      command.addAll(nativeOptions());
      command.addAll(properties);
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("@" + JVM_OPTIONS);
      command.addAll(properties);
      command.addAll(List.of("-jar", PATH.toString()));
    }
    command.addAll(arguments);
    return command;
  }

  /** As the image starts it. */
  private static List<String> nativeOptions() {
    String start = "ENTRYPOINT ";
    try (Stream<String> lines = Files.lines(NATIVE_IMAGE)) {
      String entryPoint = lines.filter(line -> line.startsWith(start)).findFirst().orElseThrow();
      List<String> words =
          List.of(
              new ObjectMapper().readValue(entryPoint.substring(start.length()), String[].class));
      return words.subList(1, words.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
