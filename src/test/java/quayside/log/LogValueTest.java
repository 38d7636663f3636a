package quayside.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hostile text in log lines. */
class LogValueTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain            | reason=plain",
        "照片/a+b%20.jpg   | reason=照片/a+b%20.jpg",
        "a b              | reason=\"a b\"",
        "x eventId=forged | reason=\"x eventId=forged\"",
        "\"               | reason=\"\\\"\"",
        "back\\slash q    | reason=\"back\\\\slash q\"",
        "``               | reason=\"\""
      })
  void text_isOneFieldWhateverItSays(String value, String field) {
    assertThat(LogField.REASON.of(value)).hasToString(field);
  }

  /** Line breaks of every kind, escape sequences, what reorders or hides text, half characters. */
  @Test
  void charactersThatAreNotText_areReplaced() {
    String hostile = "a\r\nb\u0000\u001b[31m\u007f\u0085\u2028\u2029\u202e\u200b\ufeff\ud800";

    assertThat(LogField.OBJECT_KEY.of(hostile).toString())
        .isEqualTo("objectKey=a??b??[31m????????");
  }

  @Test
  void longText_isCut() {
    String shown = LogField.OBJECT_KEY.of("x".repeat(10_000)).toString();

    assertThat(shown).hasSize("objectKey=".length() + LogValue.MAX_CHARACTERS + 3).endsWith("...");
  }

  @Test
  void numbersAndAbsence_areShownAsSuch() {
    assertThat(LogField.OFFSET.of(42L)).hasToString("offset=42");
    assertThat(LogField.CAUSE.of(null)).hasToString("cause=");
  }

  @Test
  void keys_areUnique() {
    assertThat(Arrays.stream(LogField.values()).map(LogField::key)).doesNotHaveDuplicates();
  }
}
