package quayside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jars of the packaged application. */
class PackagedJarsIT {
  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

  /** The JDK's ahead-of-time cache holds no class of a signed jar, and each start checks it. */
  @Test
  void noJar_isSigned() throws IOException {
    List<String> signed = new ArrayList<>();
    try (Stream<Path> jars = Files.list(Path.of("target/quarkus-app/lib/main"))) {
      for (Path path : (Iterable<Path>) jars::iterator) {
        try (JarFile jar = new JarFile(path.toFile(), false)) {
          if (jar.stream().anyMatch(entry -> SIGNATURE.matcher(entry.getName()).matches())) {
            signed.add(path.getFileName().toString());
          }
        }
      }
    }
    assertThat(signed).isEmpty();
  }
}
