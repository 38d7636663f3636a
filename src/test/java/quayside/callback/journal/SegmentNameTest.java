package quayside.callback.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of files that other releases wrote and will read: written down, not computed. */
class SegmentNameTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0000000000-000000000000000000-0000000000000000.journal",
    "7, 42, 255, 0000000007-000000000000000042-00000000000000ff.journal",
    "9999999999, 999999999999999999, -1,"
        + " 9999999999-999999999999999999-ffffffffffffffff.journal"
  })
  void file_isReadAsWhatItWasWrittenFor(long number, long first, long marker, String file) {
    SegmentName name = new SegmentName(number, first, marker);

    assertThat(name.file()).isEqualTo(file);
    assertThat(SegmentName.of(file)).contains(name);
  }

  @ParameterizedTest
  @CsvSource({
    "7-42-ff.journal",
    "0000000007-000000000000000042-00000000000000FF.journal",
    "0000000007-000000000000000042-00000000000000ff.journal.tmp",
    "0000000007-000000000000000042-00000000000000ff"
  })
  void otherFiles_areNoSegments(String file) {
    assertThat(SegmentName.of(file)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 9, 2, 1", "9, 0, 10, 0", "1, 1, 1, 2"})
  void order_isThatOfNumbersThenOfFirstRecords(long number, long first, long next, long nextFirst) {
    SegmentName earlier = new SegmentName(number, first, 5);
    SegmentName later = new SegmentName(next, nextFirst, 3);

    assertThat(Stream.of(later, earlier).sorted()).containsExactly(earlier, later);
  }
}
