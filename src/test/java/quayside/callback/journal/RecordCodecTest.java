package quayside.callback.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import quayside.event.EventRecord;

class RecordCodecTest {
  private static final int LIMIT = JournalLimits.HARD_MAX_RECORD_BYTES;

  @Test
  void everyRecord_comesBackEqual() throws Exception {
    Random random = new Random(4);
    for (int round = 0; round < 500; round++) {
      EventRecord record = randomRecord(random);

      EventRecord back = RecordCodec.decode(ByteBuffer.wrap(RecordCodec.encode(record, LIMIT)));

      assertThat(back).isEqualTo(record);
      assertThat(back.headers().keySet()).containsExactlyElementsOf(record.headers().keySet());
    }
  }

  private static EventRecord randomRecord(Random random) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      headers.put(text(random), text(random));
    }
    byte[] value = new byte[random.nextInt(3000)];
    random.nextBytes(value);
    return new EventRecord(random.nextInt(4) == 0 ? null : text(random), headers, value);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.appendCodePoint(random.nextBoolean() ? 0x7167 : random.nextInt(0x20, 0x1F600));
    }
    return text.toString().replaceAll("\\p{Cs}", "s");
  }

  @Test
  void recordOverTheLimit_isRefused() {
    EventRecord record = Journals.record(1, "key", 100);
    int size = RecordCodec.encode(record, LIMIT).length;

    assertThat(RecordCodec.encode(record, size)).hasSize(size);
    assertThatThrownBy(() -> RecordCodec.encode(record, size - 1))
        .isInstanceOf(JournalRefusedException.class)
        .hasMessageContaining("journal-record-too-large")
        .hasMessageContaining(Integer.toString(size));
  }

  @Test
  void headerNameOver65535Bytes_isRefused() {
    EventRecord record = new EventRecord(null, Map.of("n".repeat(70_000), ""), new byte[0]);

    assertThatThrownBy(() -> RecordCodec.encode(record, LIMIT))
        .isInstanceOf(JournalRefusedException.class)
        .hasMessageContaining("header name");
  }

  @Test
  void laterVersion_isNamed() {
    byte[] bytes = RecordCodec.encode(Journals.record(1), LIMIT);
    bytes[0] = 2;

    assertThatThrownBy(() -> RecordCodec.decode(ByteBuffer.wrap(bytes)))
        .isInstanceOf(JournalVersionException.class)
        .hasMessageContaining("version 2");
  }

  /** Bytes that merely have a good checksum must not make the reader allocate or loop. */
  @Test
  void everyCutAndEveryHugeLength_isMalformed() {
    byte[] bytes = RecordCodec.encode(Journals.record(1), LIMIT);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> RecordCodec.decode(ByteBuffer.wrap(cut)))
          .as("cut to %d", length)
          .isInstanceOf(RecordCodec.MalformedException.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> RecordCodec.decode(ByteBuffer.wrap(longer)))
        .isInstanceOf(RecordCodec.MalformedException.class);
    byte[] huge = bytes.clone();
    ByteBuffer.wrap(huge).putInt(1, Integer.MAX_VALUE);
    assertThatThrownBy(() -> RecordCodec.decode(ByteBuffer.wrap(huge)))
        .isInstanceOf(RecordCodec.MalformedException.class)
        .hasMessageContaining("2147483647");
  }

  @Test
  void toString_showsNoContent() {
    assertThat(Journals.record(77).toString()).doesNotContain("77", "object", "照片");
  }
}
