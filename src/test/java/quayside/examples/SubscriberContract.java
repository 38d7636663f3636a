package quayside.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quayside.examples.SubscriberScenario.Step;

/** What every subscriber does, in whatever language: {@code deploy/examples/subscribers}. */
abstract class SubscriberContract {
  static final Path EXAMPLES = Path.of("deploy/examples/subscribers");
  static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** The program and what it is started with; fails saying what to install when it is not there. */
  abstract List<String> command();

  Map<String, String> environment() {
    return Map.of();
  }

  /** The exit code after SIGTERM. */
  int stopped() {
    return 0;
  }

  @Test
  void help_listsTheOptions() throws Exception {
    try (RunningSubscriber subscriber = run(List.of("--help"))) {
      assertThat(subscriber.finish()).isZero();
      assertThat(String.join("\n", subscriber.lines()))
          .contains("--bootstrap-servers", "KAFKA_BOOTSTRAP_SERVERS", "--group", "--view");
    }
  }

  @Test
  void optionThatIsNone_isNamed() throws Exception {
    try (RunningSubscriber subscriber = run(List.of("--nonsense", "x"))) {
      assertThat(subscriber.finish()).isEqualTo(2);
      assertThat(subscriber.messages()).contains("--nonsense").contains("--help");
    }
  }

  @Test
  void topicThatIsMissing_isNamed() throws Exception {
    try (EventTopics topics = new EventTopics();
        RunningSubscriber subscriber =
            run(
                view("nothing"),
                topics.options(),
                List.of("--deleted-topic", topics.name("none")))) {
      assertThat(subscriber.finish()).isNotZero();
      assertThat(subscriber.messages()).contains(topics.name("none")).contains("--help");
    }
  }

  /** Duplicates, reordering, poison, a crash: in the end every effect is there, and there once. */
  @Test
  void effects_areAppliedOnce() throws Exception {
    try (EventTopics topics = new EventTopics()) {
      List<Step> steps =
          new ArrayList<>(
              List.of(
                  SubscriberScenario.uploads(topics),
                  SubscriberScenario.poison(topics),
                  SubscriberScenario.thumbnailings(topics),
                  SubscriberScenario.deletion(topics),
                  SubscriberScenario.afterDeletion(topics)));
      Path view = folder.resolve("view");
      List<String> expected = new ArrayList<>();
      List<String> printed = new ArrayList<>();

      try (RunningSubscriber subscriber = start(topics, "first", view)) {
        for (Step step : steps) {
          topics.publish(step.records());
          expected.addAll(step.lines());
          awaitLines(subscriber, subscriber::lines, expected);
        }
        Step many = SubscriberScenario.many(topics, 0, 150);
        steps.add(many);
        topics.publish(many.records());
        expected.addAll(many.lines());
        await()
            .atMost(PATIENCE)
            .until(() -> subscriber.lines().stream().anyMatch(many.lines()::contains));
        subscriber.kill();
        printed.addAll(subscriber.lines());
      }

      Step more = SubscriberScenario.many(topics, 150, 200);
      steps.add(more);
      topics.publish(more.records());
      expected.addAll(more.lines());
      try (RunningSubscriber subscriber = start(topics, "first", view)) {
        awaitLines(subscriber, () -> lines(view), expected);
        assertThat(subscriber.stop()).as(subscriber.messages()).isEqualTo(stopped());
        printed.addAll(subscriber.lines());
      }

      assertThat(lines(view)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(printed).doesNotHaveDuplicates().isSubsetOf(expected);
      assertThat(Path.of("pwned")).doesNotExist();
      readAgain(topics, view, steps);
    }
  }

  /**
   * Everything once more, because a group lost its position: whoever has the view does nothing,
   * whoever has none comes to the same.
   */
  private void readAgain(EventTopics topics, Path view, List<Step> steps) throws Exception {
    Path fresh = folder.resolve("fresh");
    Step last = SubscriberScenario.many(topics, 1000, 1003);
    topics.publish(last.records());
    int skipped = steps.stream().mapToInt(Step::skipped).sum();
    List<String> before = lines(view);
    try (RunningSubscriber knowing = start(topics, "knowing", view);
        RunningSubscriber beginning = start(topics, "beginning", fresh)) {
      awaitLines(knowing, knowing::lines, last.lines());
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(lastLines(fresh)).isEqualTo(lastLines(view)));
      assertThat(knowing.stop()).isEqualTo(stopped());
      assertThat(beginning.stop()).isEqualTo(stopped());

      assertThat(lines(view))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(before.stream(), last.lines().stream()).toList());
      assertThat(lastLines(fresh)).isEqualTo(lastLines(view));
      assertThat(beginning.messages()).contains("skipped " + skipped + ", refused 0");
    }
  }

  final RunningSubscriber start(EventTopics topics, String group, Path view, String... more) {
    return run(
        topics.options(),
        List.of("--group", topics.group(group), "--view", view.toString()),
        List.of(more));
  }

  @SafeVarargs
  final RunningSubscriber run(List<String>... arguments) {
    List<String> line = new ArrayList<>(command());
    Stream.of(arguments).forEach(line::addAll);
    return RunningSubscriber.start(line, environment());
  }

  /** Waits until these lines are there, and no others. */
  final void awaitLines(RunningSubscriber subscriber, Lines actual, List<String> expected) {
    await()
        .atMost(PATIENCE)
        .failFast(() -> assertThat(subscriber.isAlive()).as(subscriber.messages()).isTrue())
        .untilAsserted(
            () -> assertThat(actual.now()).containsExactlyInAnyOrderElementsOf(expected));
  }

  /** Lines as they are at the moment. */
  interface Lines {
    List<String> now() throws IOException;
  }

  static List<String> lines(Path view) throws IOException {
    return Files.exists(view) ? Files.readAllLines(view, UTF_8) : List.of();
  }

  private List<String> view(String name) {
    return List.of("--view", folder.resolve(name).toString());
  }

  /** What the view says of each object: of uploads and deletions, and of thumbnails. */
  private static Map<String, String> lastLines(Path view) throws IOException {
    Map<String, String> last = new HashMap<>();
    for (String line : lines(view)) {
      String[] fields = line.split("\t");
      last.put(fields[0].equals("thumbnailed") ? "thumbnails of " + fields[1] : fields[1], line);
    }
    return last;
  }
}
