package example;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The command line; see {@link #HELP}. */
record Options(Map<String, String> given) {
  static final String HELP =
      """
      Keeps a view of the objects that Quayside tells of, one line for each effect.

      --bootstrap-servers HOST:PORT  where Kafka is (KAFKA_BOOTSTRAP_SERVERS, 127.0.0.1:9092)
      --group NAME                   consumer group (KAFKA_GROUP_ID, example-java)
      --view FILE                    the view (view.tsv)
      --uploaded-topic NAME          oss.object.uploaded.v1
      --thumbnailed-topic NAME       oss.object.thumbnailed.v1
      --deleted-topic NAME           oss.object.deleted.v1
      --bootstrap                    a group that is new begins with the state topic
      --state-topic NAME             oss.object.state.v1
      --state-group NAME             who writes it (quayside-state)
      --public-key FILE              PEM; refuse what is not signed by its owner
      --key-id ID                    the only key id accepted (any)
      """;
  private static final List<String> NAMES =
      HELP.lines().filter(line -> line.startsWith("--")).map(line -> line.split(" ")[0]).toList();
  private static final String BOOTSTRAP = "--bootstrap";

  /**
   * @throws IllegalArgumentException with what is wrong
   */
  static Options parse(String[] arguments) {
    Map<String, String> given = new HashMap<>();
    for (Iterator<String> rest = List.of(arguments).iterator(); rest.hasNext(); ) {
      String name = rest.next();
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("there is no option " + name);
      }
      if (!name.equals(BOOTSTRAP) && !rest.hasNext()) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      given.put(name, name.equals(BOOTSTRAP) ? "" : rest.next());
    }
    return new Options(given);
  }

  String bootstrapServers() {
    return get("--bootstrap-servers", environment("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"));
  }

  String group() {
    return get("--group", environment("KAFKA_GROUP_ID", "example-java"));
  }

  Path view() {
    return Path.of(get("--view", "view.tsv"));
  }

  List<String> eventTopics() {
    return List.of(
        get("--uploaded-topic", "oss.object.uploaded.v1"),
        get("--thumbnailed-topic", "oss.object.thumbnailed.v1"),
        get("--deleted-topic", "oss.object.deleted.v1"));
  }

  boolean bootstrap() {
    return given.containsKey(BOOTSTRAP);
  }

  String stateTopic() {
    return get("--state-topic", "oss.object.state.v1");
  }

  String stateGroup() {
    return get("--state-group", "quayside-state");
  }

  /** Null when nothing is to be verified. */
  Path publicKey() {
    String file = given.get("--public-key");
    return file == null ? null : Path.of(file);
  }

  /** Null when any is accepted. */
  String keyId() {
    return given.get("--key-id");
  }

  private String get(String name, String otherwise) {
    return given.getOrDefault(name, otherwise);
  }

  private static String environment(String name, String otherwise) {
    return System.getenv().getOrDefault(name, otherwise);
  }
}
