package quayside.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.contract.Break.Rule;
import quayside.event.EventType;

/** Each kind of change that breaks a reader is found, each that does not is let through. */
class SchemaChangesTest {
  private static final JsonNode UPLOADED = SchemaFiles.of(EventType.OBJECT_UPLOADED_V1);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /properties/size                                    |                     | REMOVED      | /properties/size
          /properties/image/properties/width                  |                     | REMOVED      | /properties/image/properties/width
          /properties/size/type                               | ["string", "null"]  | RETYPED      | /properties/size/type
          /properties/variables/additionalProperties/type     | "integer"           | RETYPED      | /properties/variables/additionalProperties/type
          /properties/size/type                               | "integer"           | NULL_REMOVED | /properties/size/type
          /properties/verification/type                       | ["object", "null"]  | NULL_ADDED   | /properties/verification/type
          /properties/verification/properties/level/enum/1    |                     | NARROWED     | /properties/verification/properties/level/enum
          /properties/verification/properties/level/enum/-    | "rumour"            | WIDENED      | /properties/verification/properties/level/enum
          /properties/key/maxLength                           | 255                 | NARROWED     | /properties/key/maxLength
          /properties/key/maxLength                           | 4096                | WIDENED      | /properties/key/maxLength
          /properties/key/maxLength                           |                     | WIDENED      | /properties/key/maxLength
          /properties/size/minimum                            | 1                   | NARROWED     | /properties/size/minimum
          /properties/size/minimum                            | -1                  | WIDENED      | /properties/size/minimum
          /properties/contentMd5/maxLength                    | 24                  | NARROWED     | /properties/contentMd5/maxLength
          /properties/crc64/pattern                           | "^[0-9]+$"          | CHANGED      | /properties/crc64/pattern
          /properties/etag/pattern                            | "^[0-9A-F-]+$"      | CHANGED      | /properties/etag/pattern
          /properties/verification/properties/keyUrl/format   |                     | CHANGED      | /properties/verification/properties/keyUrl/format
          /properties/verification/properties/violations/uniqueItems | false        | CHANGED      | /properties/verification/properties/violations/uniqueItems
          /properties/verification/properties/violations/items/minLength | 2        | NARROWED     | /properties/verification/properties/violations/items/minLength
          /$id                                                | "https://a.b/c"     | CHANGED      | /$id
          /$schema                                            | "https://a.b/c"     | CHANGED      | /$schema
          /required/-                                         | "added"             | NEW_REQUIRED | /properties/added
          /properties/verification/required/-                 | "grantId"           | NOW_REQUIRED | /properties/verification/properties/grantId
          /required/0                                         |                     | NOW_OPTIONAL | /properties/bucket
          /additionalProperties                               | false               | CHANGED      | /additionalProperties
          /properties/size/not                                | {"const": 7}        | NOT_KNOWN    | /properties/size/not
          """)
  void changeThatBreaksReaders_isFound(String place, String value, Rule rule, String where) {
    List<Break> breaks = changes(place, value == null ? "" : value);

    assertThat(breaks).hasSize(1);
    assertThat(breaks.getFirst().rule()).isEqualTo(rule);
    assertThat(breaks.getFirst().where()).isEqualTo("file" + where);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /properties/added                                   | {"type": "string"}
          /properties/image/properties/added                  | {"type": "object", "required": ["a"]}
          /properties/verification/properties/added           | {"enum": ["a"]}
          /properties/size/description                        | "Better said."
          /properties/size/examples                           | [1, 2]
          /properties/operation/examples/-                    | "AppendObject"
          /title                                              | "Upload"
          /$comment                                           | "Not for readers."
          """)
  void changeThatReadersIgnore_isNone(String place, String value) {
    assertThat(changes(place, value)).isEmpty();
  }

  /** One that is required where it was not known, and one that is gone: each is said once. */
  @Test
  void renamedMember_isOneThatIsGoneAndOneThatIsNew() {
    JsonNode renamed = Edits.of(UPLOADED, "/properties/length", "{\"type\": \"integer\"}");
    renamed = Edits.of(Edits.of(renamed, "/properties/size", ""), "/required/3", "");
    renamed = Edits.of(renamed, "/required/-", "\"length\"");

    assertThat(SchemaChanges.between("file", UPLOADED, renamed))
        .extracting(Break::where, Break::rule)
        .containsExactlyInAnyOrder(
            tuple("file/properties/size", Rule.REMOVED),
            tuple("file/properties/length", Rule.NEW_REQUIRED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /properties/ce_causationid            |                   | REMOVED
          /properties/ce_sequence/type          | "integer"         | RETYPED
          /properties/ce_ingestpath/enum/-      | "courier"         | WIDENED
          /properties/ce_ingestpath/enum/0      |                   | NARROWED
          /properties/ce_specversion/const      | "1.1"             | CHANGED
          /required/-                           | "ce_subject"      | NOW_REQUIRED
          /required/0                           |                   | NOW_OPTIONAL
          """)
  void changeOfHeaders_isFoundToo(String place, String value, Rule rule) {
    JsonNode headers = SchemaFiles.json(SchemaFiles.HEADERS);

    assertThat(
            SchemaChanges.between(
                "headers", headers, Edits.of(headers, place, value == null ? "" : value)))
        .extracting(Break::rule)
        .containsExactly(rule);
  }

  private static List<Break> changes(String place, String value) {
    return SchemaChanges.between("file", UPLOADED, Edits.of(UPLOADED, place, value));
  }
}
