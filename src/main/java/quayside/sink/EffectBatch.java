package quayside.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The effects of one batch in one sink: the value of a record on the internal topic of effects, as
 * JSON.
 *
 * @param sink name of the sink
 * @param time when the batch was applied, RFC 3339
 * @param effects in the order of the batch
 */
public record EffectBatch(String sink, String time, List<Effect> effects) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public EffectBatch {
    Instant.parse(time);
    effects = List.copyOf(effects);
  }

  /** As it is written. */
  byte[] toBytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("effects are not writable", impossible);
    }
  }

  /** Reads one; empty when it is none. */
  public static Optional<EffectBatch> read(byte[] value) {
    try {
      return Optional.ofNullable(JSON.readValue(value, EffectBatch.class));
    } catch (IOException | DateTimeException | NullPointerException unreadable) {
      return Optional.empty();
    }
  }
}
