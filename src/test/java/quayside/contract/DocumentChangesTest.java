package quayside.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.contract.Break.Rule;

/** Each change of topics, messages and groups that breaks a reader is found, others are not. */
class DocumentChangesTest {
  private static final JsonNode DOCUMENT = AsyncApi.text(SchemaFiles.FOLDER);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /channels/objectState                                                |                          | REMOVED      | topic oss.object.state.v1
          /channels/objectDeleted/address                                      | "oss.object.removed.v1"  | REMOVED      | topic oss.object.deleted.v1
          /channels/objectUploadedRetry/parameters/group/enum/2                |                          | REMOVED      | topic oss.object.uploaded.v1.quayside-thumbnail.retry
          /channels/objectUploaded/bindings/kafka/partitions                   | 24                       | CHANGED      | topic oss.object.uploaded.v1, partitions
          /channels/objectState/bindings/kafka/topicConfiguration/cleanup.policy/- | "delete"             | CHANGED      | topic oss.object.state.v1, cleanup.policy
          /channels/objectUploaded/bindings/kafka/topicConfiguration/retention.ms | 86400000              | KEPT_SHORTER | topic oss.object.uploaded.v1, retention.ms
          /channels/objectState/bindings/kafka/topicConfiguration/delete.retention.ms |                   | KEPT_SHORTER | topic oss.object.state.v1, delete.retention.ms
          /channels/objectState/messages/objectGone                            |                          | REMOVED      | channel objectState, message objectGone
          /components/messages/objectUploaded/payload                          | {"$ref": "./object-deleted.v1.schema.json"} | CHANGED | channel objectUploaded, message objectUploaded/payload/$id
          /components/messages/objectDeleted/headers/allOf/1/properties/ce_type/const | "io.quayside.object.removed.v1" | CHANGED | channel objectDeleted, message objectDeleted/headers/allOf/1/properties/ce_type/const
          /components/messages/objectDeleted/headers/allOf/1/required/0        |                          | NOW_OPTIONAL | channel objectDeleted, message objectDeleted/headers/allOf/1/properties/content-type
          /components/messages/objectDeleted/headers/allOf/0                   |                          | CHANGED      | channel objectDeleted, message objectDeleted/headers/allOf
          /components/messages/objectDeleted/contentType                       | "application/avro"       | CHANGED      | channel objectDeleted, message objectDeleted/contentType
          /components/messages/objectDeleted/bindings/kafka/schemaIdLocation   | "payload"                | CHANGED      | channel objectDeleted, message objectDeleted/bindings/kafka/schemaIdLocation
          /components/messages/objectDeleted/bindings/kafka/key                | {"type": "integer"}      | RETYPED      | channel objectDeleted, message objectDeleted/bindings/kafka/key/type
          /components/schemas/deadLetterHeaders/properties/dead-letter-cause   |                          | REMOVED      | channel objectUploadedDeadLetters, message deadLetter/headers/properties/dead-letter-cause
          /components/operationBindings/state/kafka/groupId                    | {"enum": ["quayside-states"]} | REMOVED | consumer group quayside-state of objectUploaded
          """)
  void changeThatBreaksReaders_isFound(String place, String value, Rule rule, String where) {
    assertThat(changes(place, value == null ? "" : value))
        .anySatisfy(found -> {
          assertThat(found.rule()).isEqualTo(rule);
          assertThat(found.where()).isEqualTo("asyncapi.yaml, " + where);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /channels/objectUploaded/bindings/kafka/replicas                        | 5
          /channels/objectUploaded/bindings/kafka/topicConfiguration/retention.ms | 2592000000
          /channels/objectUploadedRetry/parameters/group/enum/-                   | "quayside-audit"
          /channels/objectUploaded/description                                    | "Better said."
          /channels/effects/bindings/kafka/partitions                             | 3
          /channels/effects/address                                               | "quayside.effects.v2"
          /components/schemas/effects/properties/time                             |
          /components/messages/objectDeleted/examples                             | []
          /components/operationBindings/timeline/kafka/clientId                   | {"type": "string"}
          /info/version                                                           | "0.2.0"
          /channels/objectUploadedV2 | {"address": "oss.object.uploaded.v2", "messages": {}, "bindings": {"kafka": {"partitions": 1}}}
          """)
  void changeThatReadersIgnore_isNone(String place, String value) {
    assertThat(changes(place, value == null ? "" : value)).isEmpty();
  }

  private static List<Break> changes(String place, String value) {
    return DocumentChanges.between(
        AsyncApi.of(SchemaFiles.FOLDER, DOCUMENT),
        AsyncApi.of(SchemaFiles.FOLDER, Edits.of(DOCUMENT, place, value)));
  }
}
