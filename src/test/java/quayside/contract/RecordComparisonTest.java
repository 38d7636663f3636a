package quayside.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import quayside.event.EventType;
import quayside.event.VerificationLevel;

/** Records and schemas agree, and each way to disagree is found. */
class RecordComparisonTest {
  private static final String AGREED =
      """
      {
        "type": "object",
        "properties": {
          "text": {"type": ["string", "null"]},
          "number": {"type": "integer", "minimum": 0, "maximum": 2147483647},
          "level": {"enum": ["signature", "grant", "confirmed"]},
          "list": {"type": "array", "items": {"type": "string"}},
          "map": {"type": "object", "additionalProperties": {"type": "string"}},
          "inner": {
            "type": "object",
            "properties": {"size": {"type": ["integer", "null"], "minimum": 0, "maximum": 9223372036854775807}},
            "required": ["size"]
          }
        },
        "required": ["text", "number", "level", "map", "inner"]
      }
      """;

  record Sample(
      @Nullable String text,
      int number,
      VerificationLevel level,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> list,
      Map<String, String> map,
      Inner inner) {}

  record Inner(@Nullable Long size) {}

  @ParameterizedTest
  @EnumSource
  void schemaAndRecord_agree(EventType type) {
    assertThat(RecordComparison.differences(SchemaFiles.of(type), EventData.of(type).record()))
        .isEmpty();
  }

  @Test
  void agreement_isNoDifference() throws JsonProcessingException {
    assertThat(differences(AGREED)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "text": {"type": ["string", "null"]}, | | text: the schema has no such member
          "map": | "other": {"type": "string"}, "map": | other: the record has no such member
          ["string", "null"] | "string" | text: the schema has no null
          "integer", "minimum": 0, "maximum": 2147483647 | ["integer", "null"], "minimum": 0, "maximum": 2147483647 | number: the record has no null
          ["string", "null"] | ["integer", "null"] | text: the schema says [integer], the record string
          2147483647 | 2147483648 | number: the schema allows more than 2147483647
          "minimum": 0, "maximum": 2147483647 | "maximum": 2147483647 | number: the schema allows less than -2147483647
          "grant", | | level: the schema says [confirmed, signature], the record [confirmed, grant, signature]
          "signature", | "signature", "rumour", | level: the schema says [confirmed, grant, rumour, signature], the record [confirmed, grant, signature]
          "items": {"type": "string"} | "items": {"type": "integer"} | list[]: the schema says [integer], the record string
          "additionalProperties": {"type": "string"} | "additionalProperties": {"type": ["string", "null"]} | map{}: the record has no null
          ["integer", "null"] | "integer" | inner.size: the schema has no null
          "level", "map" | "level", "list", "map" | list: the schema requires it, the record leaves it out when it is empty
          "level", "map" | "map" | level: the record always writes it, the schema does not require it
          "required": ["size"] | "required": [] | inner.size: the record always writes it, the schema does not require it
          """)
  void difference_isNamed(String in, String becomes, String expected)
      throws JsonProcessingException {
    assertThat(AGREED).contains(in);

    List<String> differences =
        differences(AGREED.replace(in, becomes == null ? "" : becomes).replace(",\n  }", "\n  }"));

    assertThat(differences).contains("Sample." + expected);
  }

  private static List<String> differences(String schema) throws JsonProcessingException {
    return RecordComparison.differences(new JsonMapper().readTree(schema), Sample.class);
  }
}
