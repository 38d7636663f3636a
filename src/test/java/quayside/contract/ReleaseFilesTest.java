package quayside.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to the gate when somebody works on the contract, or on a release: tried on a copy,
 * also with the script that adds a release.
 */
class ReleaseFilesTest {
  private static final String UPLOADED = "object-uploaded.v1.schema.json";

  @TempDir Path project;
  private Path schemas;
  private Path released;

  @BeforeEach
  void copy() throws IOException, InterruptedException {
    schemas = project.resolve("schemas");
    released = schemas.resolve("released");
    run("cp", "-R", SchemaFiles.FOLDER.toAbsolutePath().toString(), schemas.toString());
    Path scripts = Files.createDirectories(project.resolve("deploy/make"));
    Files.copy(Path.of("deploy/make/release-schemas.sh"), scripts.resolve("release-schemas.sh"));
    scripts.resolve("release-schemas.sh").toFile().setExecutable(true);
  }

  @Test
  void releasedFile_cannotBeChangedAddedOrDeleted() throws IOException {
    Path version = Release.all().getFirst().folder().getFileName();
    Path folder = released.resolve(version);
    Files.writeString(folder.resolve(UPLOADED), "{}");
    Files.writeString(folder.resolve("another.schema.json"), "{}");
    Files.delete(folder.resolve("asyncapi.yaml"));

    assertThat(Release.tampered(released))
        .containsExactlyInAnyOrder(
            version + "/" + UPLOADED + ": was changed",
            version + "/another.schema.json: was not released",
            version + "/asyncapi.yaml: is missing");
  }

  @Test
  void removedSchema_breaksTheRelease() throws IOException {
    Files.copy(schemas.resolve(UPLOADED), schemas.resolve("object-uploaded.v2.schema.json"));
    Files.delete(schemas.resolve(UPLOADED));

    Files.writeString(
        schemas.resolve("asyncapi.yaml"),
        Files.readString(schemas.resolve("asyncapi.yaml"))
            .replace("object-uploaded.v1.schema.json", "object-uploaded.v2.schema.json"));

    assertThat(first().brokenBy(schemas))
        .contains(new Break(UPLOADED, Break.Rule.REMOVED, "is gone"));
  }

  @Test
  void removedMember_breaksTheRelease_andIsNamedWithItsFile() throws IOException {
    Path file = schemas.resolve(UPLOADED);
    Files.writeString(file, Edits.of(SchemaFiles.json(file), "/properties/size", "").toString());

    assertThat(first().brokenBy(schemas))
        .containsExactly(new Break(UPLOADED + "/properties/size", Break.Rule.REMOVED, "is gone"));
  }

  @Test
  void newMajorVersionBesideTheOld_breaksNothing() throws IOException {
    String second =
        Files.readString(schemas.resolve(UPLOADED)).replace("uploaded.v1", "uploaded.v2");
    Files.writeString(schemas.resolve("object-uploaded.v2.schema.json"), second);

    assertThat(first().brokenBy(schemas)).isEmpty();
  }

  @Test
  void script_addsARelease_onlyOnce() throws IOException, InterruptedException {
    String script = project.resolve("deploy/make/release-schemas.sh").toString();

    assertThat(run(script, "97.0.0")).isZero();
    assertThat(run(script, "97.0.0")).isEqualTo(1);
    assertThat(run(script, "next")).isEqualTo(2);

    Release added = new Release(released.resolve("97.0.0"));
    assertThat(added.schemas()).containsKey(UPLOADED).hasSameSizeAs(SchemaFiles.all());
    assertThat(AsyncApi.text(schemas).at("/info/version").asText()).isEqualTo("97.0.0");
    assertThat(AsyncApi.text(added.folder())).isEqualTo(AsyncApi.text(schemas));
    assertThat(Release.tampered(released)).isEmpty();
    assertThat(added.brokenBy(schemas)).isEmpty();
  }

  private Release first() {
    return new Release(released.resolve(Release.all().getFirst().folder().getFileName()));
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
