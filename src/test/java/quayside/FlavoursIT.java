package quayside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is on the class paths of the two applications that one code base makes. */
class FlavoursIT {
  private static final Path INGRESS = Path.of("target/ingress/quarkus-app");
  private static final Path ALL = Path.of("target/quarkus-app");

  /**
   * Beginnings of classes and files: database, search, images, OSS, and those of ours with them.
   */
  private static final List<String> OF_THE_SINKS =
      List.of(
          "org/postgresql/",
          "io/agroal/",
          "org/hibernate/",
          "jakarta/persistence/",
          "org/flywaydb/",
          "io/quarkus/flyway/",
          "db/migration/",
          "org/apache/lucene/",
          "com/twelvemonkeys/",
          "com/aliyun/",
          "quayside/oss/",
          "quayside/sink/catalog/",
          "quayside/sink/search/",
          "quayside/sink/thumbnail/worker/",
          "quayside/operate/reconcile/run/");

  /** What is not there cannot be attacked, and need not be loaded. */
  @Test
  void ingress_hasNoPartOfTheSinks() throws IOException {
    assertThat(INGRESS).as("./mvnw package -DskipTests -Dflavour=ingress makes it").exists();
    Set<String> entries = entries(INGRESS);

    assertThat(entries).contains("quayside/callback/CallbackEndpoint.class");
    for (String part : OF_THE_SINKS) {
      assertThat(entries.stream().filter(name -> name.startsWith(part))).as(part).isEmpty();
    }
    assertThat(entries.stream().filter(name -> name.matches("quayside/(sink|console)/.*")))
        .isEmpty();
  }

  /** Otherwise the list above would say nothing. */
  @Test
  void allOfIt_isInTheOther() throws IOException {
    Set<String> entries = entries(ALL);

    for (String part : OF_THE_SINKS) {
      assertThat(entries.stream().filter(name -> name.startsWith(part))).as(part).isNotEmpty();
    }
  }

  private static Set<String> entries(Path application) throws IOException {
    Set<String> entries = new TreeSet<>();
    try (Stream<Path> files = Files.walk(application)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jar")).toList()) {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
          jar.stream()
              .map(JarEntry::getName)
              .filter(name -> !name.endsWith("/"))
              .forEach(entries::add);
        }
      }
    }
    return entries;
  }
}
