package quayside.contract;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gate: the contract breaks no version that was released, and no release was touched. */
class ReleaseTest {
  private static final String WHAT_TO_DO =
      """

      What was released stays as it is; publish the change as a major version beside it:
        1. a schema file of its own (object-uploaded.v2.schema.json) with its own $id, the old one as it was
        2. a type and a topic of its own (io.quayside.object.uploaded.v2, oss.object.uploaded.v2)
        3. both published, each event on either topic with the same id and sequence, for at least six months
      schemas/EVOLUTION.md says what is allowed within a version, and how a new one is made.
      """;

  static Stream<Release> releases() {
    return Release.all().stream();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void contract_breaksNoRelease(Release release) {
    List<Break> breaks = release.brokenBy(SchemaFiles.FOLDER);

    String message =
        "schemas/ breaks what "
            + release
            + " promised:\n"
            + breaks.stream().map(found -> "  " + found).collect(joining("\n"))
            + WHAT_TO_DO;
    assertThat(breaks).withFailMessage(message).isEmpty();
  }

  @Test
  void releasedFiles_areAsTheyWereReleased() {
    assertThat(Release.tampered(Release.ALL))
        .withFailMessage(() ->
            "schemas/released differs from what was released: "
                + Release.tampered(Release.ALL)
                + "\nRestore it; a new version is added by `make release-schemas VERSION=...`.")
        .isEmpty();
    assertThat(Release.all()).isNotEmpty();
  }

  /** The old reader and the new event: what is published now is valid by every released schema. */
  @ParameterizedTest
  @MethodSource("releases")
  void examplesOfNow_areValidForOldReaders(Release release) {
    List<String> refused = new ArrayList<>();
    release
        .schemas()
        .forEach((name, schema) -> {
          for (Path example : SchemaFiles.examples(SchemaFiles.FOLDER.resolve(name), "valid")) {
            List<String> failures = SchemaFiles.failures(schema, SchemaFiles.json(example));
            failures.forEach(failure -> refused.add(example + ": " + failure));
          }
        });

    assertThat(refused).isEmpty();
  }

  /** The new reader and the old event: what was shown in a release is valid now. */
  @ParameterizedTest
  @MethodSource("releases")
  void examplesOfTheRelease_areValidNow(Release release) {
    List<String> refused = new ArrayList<>();
    AsyncApi now = AsyncApi.current();
    release
        .api()
        .messages()
        .forEach((name, message) -> {
          for (JsonNode example : message.path("examples")) {
            JsonNode payload = now.messages().get(name).path("payload");
            JsonNode headers = now.messages().get(name).path("headers");
            refused.addAll(SchemaFiles.failures(payload, example.get("payload")));
            if (!headers.isMissingNode()) {
              refused.addAll(SchemaFiles.failures(headers, example.path("headers")));
            }
          }
        });

    assertThat(refused).isEmpty();
  }
}
