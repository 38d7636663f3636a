package quayside.operate.redrive;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as the API shows it; null is what its headers do not say.
 *
 * @param position {@code topic/partition/offset} of the dead letter
 * @param group consumer group that gave it up
 * @param sink the consumer in it
 * @param cause stable code
 * @param reason one line for people
 * @param time when it was set aside
 * @param origin {@code topic/partition/offset} where it was first read
 * @param originTime the original record's own time
 * @param attempts tries before it was given up
 * @param firstFailed when the first of them failed
 * @param eventId CloudEvents id
 * @param eventType CloudEvents type
 * @param recordKey {@code bucket/object}
 * @param redriveCount how often it had been moved back before
 * @param redriven whether this dead letter has been moved back
 * @param headers all headers, when one letter is looked into
 * @param value the value as text, when one letter is looked into
 * @param valueBase64 the value, when it is not UTF-8
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterView(
    String position,
    String group,
    @Nullable String sink,
    @Nullable String cause,
    @Nullable String reason,
    String time,
    String origin,
    String originTime,
    int attempts,
    @Nullable String firstFailed,
    @Nullable String eventId,
    @Nullable String eventType,
    @Nullable String recordKey,
    int redriveCount,
    boolean redriven,
    @Nullable Map<String, String> headers,
    @Nullable String value,
    @Nullable String valueBase64) {}
