package quayside.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

class JavaSubscriberTest extends BootstrappingContract {
  private static final Path JAR = EXAMPLES.resolve("java/target/subscriber.jar");

  @Override
  List<String> command() {
    assertThat(JAR).as("run `make examples`").exists();
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString());
  }

  /** 128 + 15, of every JVM that SIGTERM ends. */
  @Override
  int stopped() {
    return 143;
  }
}
