package quayside.operate.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory does not depend on the size of the bucket. */
class MillionObjectsTest {

  /** The objects of either side alone would need several times this heap. */
  @Test
  void millionObjects_areComparedInAHeapOf32Megabytes() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx32m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    MillionObjects.class.getName()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("true")
        .contains("\"compared\":1000000")
        .contains("\"missing\":1000")
        .contains("\"deleted\":1000");
  }
}
