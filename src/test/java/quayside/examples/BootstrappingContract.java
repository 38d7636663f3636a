package quayside.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.examples.HandWritten.deleted;
import static quayside.examples.HandWritten.state;
import static quayside.examples.HandWritten.thumbnailed;
import static quayside.examples.HandWritten.uploaded;
import static quayside.examples.SubscriberScenario.line;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What subscribers do beside it that can begin with the state topic. */
abstract class BootstrappingContract extends VerifyingContract {
  private static final String A = "photos/a.jpg";
  private static final String B = "photos/b.jpg";
  private static final String C = "photos/c.jpg";

  /**
   * State first, then the events of which the state does not know yet; what is older is held back.
   */
  @Test
  void bootstrap_takesTheStateAndGoesOnWithTheEvents() throws Exception {
    try (EventTopics topics = new EventTopics()) {
      Path view = folder.resolve("view");
      // The state knows of it: whoever reads it began too early.
      topics.publish(uploaded("photos/early.jpg", "early", 1, "E", 1));
      topics.commitEverything(topics.group("state"));
      topics.publish(
          state(
              A,
              100,
              upload(
                  "E1",
                  10,
                  "\"a1\"",
                  "{\"sequence\":\"100\",\"etag\":\"E1\",\"thumbnails\":[{},{}]}")),
          state(B, 200, null).without("content-type"),
          state(C, 250, upload("E1", 1, "null", "null")),
          state(C, 300, upload("E2", 2, "null", "null")));
      topics.publish(
          uploaded(A, "a1", 100, "E1", 10),
          uploaded(A, "a2", 110, "E2", 20),
          thumbnailed(A, "t1", 100, "E1", 2),
          thumbnailed(A, "t2", 110, "E2", 3),
          uploaded(B, "b1", 150, "E1", 1),
          deleted(C, "gone-c", 290));
      List<String> expected =
          List.of(
              line("uploaded", A, 100, "E1", 10, "a1"),
              line("thumbnailed", A, 100, "E1", 2, "-"),
              line("deleted", B, 200, "-", "-", "-"),
              line("uploaded", C, 250, "E1", 1, "-"),
              line("uploaded", C, 300, "E2", 2, "-"),
              line("uploaded", A, 110, "E2", 20, "a2"),
              line("thumbnailed", A, 110, "E2", 3, "t2"));

      try (RunningSubscriber subscriber = bootstrap(topics, view)) {
        awaitLines(subscriber, subscriber::lines, expected);
        assertThat(subscriber.stop()).isEqualTo(stopped());
        assertThat(subscriber.messages()).contains("applied 7, duplicate 1, stale 3, skipped 0");
      }

      HandWritten late = uploaded(B, "b2", 210, "E2", 2);
      topics.publish(late);
      try (RunningSubscriber again = bootstrap(topics, view)) {
        awaitLines(again, again::lines, List.of(line("uploaded", B, 210, "E2", 2, "b2")));
        assertThat(again.stop()).isEqualTo(stopped());
        assertThat(again.messages()).contains("no bootstrap");
      }
      assertThat(lines(view))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(expected.stream(), Stream.of(line("uploaded", B, 210, "E2", 2, "b2")))
                  .toList());
    }
  }

  private RunningSubscriber bootstrap(EventTopics topics, Path view) {
    return start(
        topics,
        "late",
        view,
        "--bootstrap",
        "--state-topic",
        topics.name("state"),
        "--state-group",
        topics.group("state"));
  }

  private static String upload(String etag, long size, String uploadId, String thumbnails) {
    return "{\"etag\":\"%s\",\"size\":%d,\"uploadId\":%s,\"thumbnails\":%s}"
        .formatted(etag, size, uploadId, thumbnails);
  }
}
