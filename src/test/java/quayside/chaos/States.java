package quayside.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topic of states as a subscriber sees it: of each object the last record. */
final class States {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String BUCKET = Stack.BUCKET + "/";

  private States() {}

  /** The states of the objects of a folder, by key, with the thumbnails of their version alone. */
  static Map<String, JsonNode> of(KafkaLog kafka, String folder) throws IOException {
    Map<String, JsonNode> states = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> record : kafka.read(Stack.STATES)) {
      if (record.key().startsWith(BUCKET + folder)) {
        String key = record.key().substring(BUCKET.length());
        if (record.value() == null) {
          states.remove(key);
        } else {
          states.put(key, shown((ObjectNode) JSON.readTree(record.value())));
        }
      }
    }
    return states;
  }

  private static JsonNode shown(ObjectNode state) {
    JsonNode thumbnails = state.path("thumbnails");
    boolean current = state.path("etag").equals(thumbnails.path("etag"));
    return state.set(
        "thumbnails", current ? thumbnails.path("thumbnails") : JSON.createArrayNode());
  }
}
