package quayside.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gate that lets everything pass is none: each thing that may be lacking is found. */
class MemberDescriptionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type": "string", "examples": ["a"]} | /a lacks a description
          {"description": "A text.", "examples": ["a"]} | /a lacks a type
          {"description": "A text.", "type": ["string", "null"], "examples": ["a"]} | /a lacks when it is null
          {"description": "A number.", "type": "integer", "examples": [1]} | /a lacks a unit
          {"description": "A text.", "type": "string"} | /a lacks an example
          {"description": "A text.", "type": "string", "examples": [1]} | /a lacks a valid example: 1
          """)
  void whatIsLacking_isNamed(String member, String expected) throws JsonProcessingException {
    assertThat(lacking("{\"required\": [\"a\"], \"properties\": {\"a\": " + member + "}}"))
        .isEqualTo("[" + expected + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"properties": {"a": %s}} | [/a lacks when it is absent]
          {"required": ["a"], "properties": {"a": %s}} | []
          """)
  void optionalMember_saysWhenItIsAbsent(String schema, String expected)
      throws JsonProcessingException {
    String member = "{\"description\": \"A text.\", \"type\": \"string\", \"examples\": [\"a\"]}";

    assertThat(lacking(schema.formatted(member))).isEqualTo(expected);
  }

  private static String lacking(String schema) throws JsonProcessingException {
    return MemberDescriptions.lacking(new JsonMapper().readTree(schema)).toString();
  }
}
