package quayside.sink.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quayside.event.EventAttributes;
import quayside.event.IngestPath;
import quayside.sink.Effect;
import quayside.sink.EffectBatch;

/**
 * A record as the timeline reads it: by its headers and attributes, whatever its data is.
 *
 * @param place where it is
 * @param time the record's own time
 * @param key {@code bucket/object}, or null
 * @param header gives the value of a header, null when it is absent
 * @param attributes of the event it is, if it is one
 * @param effects reads the value as effects; empty when it is none
 */
public record TimelineRecord(
    TimelineEntry.Place place,
    Instant time,
    @Nullable String key,
    UnaryOperator<@Nullable String> header,
    EventAttributes attributes,
    Supplier<Optional<EffectBatch>> effects) {
  private static final Pattern TRACE_PARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");
  private static final String NO_TRACE = "0".repeat(32);

  /** What it says about objects; nothing when it names none. */
  public List<TimelineEntry.OfObject> entries(String effectsTopic) {
    if (place.topic().equals(effectsTopic)) {
      return effects.get().map(this::ofBatch).orElse(List.of());
    }
    int slash = key == null ? -1 : key.indexOf('/');
    if (key == null || slash < 0) {
      return List.of();
    }
    return List.of(
        new TimelineEntry.OfObject(key.substring(0, slash), key.substring(slash + 1), entry()));
  }

  private TimelineEntry entry() {
    if (place.topic().endsWith(".dlq")) {
      return deadLetter();
    }
    if (place.topic().endsWith(".retry")) {
      return "0".equals(header.apply("retry-attempts")) ? redrive() : retry();
    }
    return entry(
        TimelineKind.EVENT,
        attributes.get(IngestPath.ATTRIBUTE),
        null,
        details(
            attributes::get, "time", "time", "sequence", "sequence", "causationId", "causationid"));
  }

  private TimelineEntry retry() {
    return entry(
        TimelineKind.RETRY,
        header.apply("retry-cause"),
        header.apply("retry-sink"),
        details(
            header, "reason", "retry-reason", "attempts", "retry-attempts", "due", "retry-due"));
  }

  private TimelineEntry deadLetter() {
    return entry(
        TimelineKind.DEAD_LETTER,
        header.apply("dead-letter-cause"),
        header.apply("dead-letter-sink"),
        details(
            header,
            "reason",
            "dead-letter-reason",
            "attempts",
            "dead-letter-attempts",
            "firstFailed",
            "dead-letter-first-failed"));
  }

  private TimelineEntry redrive() {
    return entry(
        TimelineKind.REDRIVE,
        header.apply("retry-cause"),
        header.apply("retry-sink"),
        details(
            header,
            "by",
            "redrive-by",
            "filter",
            "redrive-filter",
            "deadLetter",
            "redrive-of",
            "count",
            "redrive-count"));
  }

  private TimelineEntry entry(
      TimelineKind kind,
      @Nullable String outcome,
      @Nullable String sink,
      Map<String, String> details) {
    return new TimelineEntry(
        time,
        kind,
        outcome,
        sink,
        attributes.get("id"),
        attributes.get("type"),
        traceId().orElse(null),
        details,
        place);
  }

  private List<TimelineEntry.OfObject> ofBatch(EffectBatch batch) {
    Instant at = Instant.parse(batch.time());
    List<TimelineEntry.OfObject> entries = new ArrayList<>(batch.effects().size());
    for (Effect effect : batch.effects()) {
      TimelineEntry.Place item =
          new TimelineEntry.Place(place.topic(), place.partition(), place.offset(), entries.size());
      TimelineEntry entry =
          new TimelineEntry(
              at,
              TimelineKind.EFFECT,
              effect.outcome(),
              batch.sink(),
              effect.eventId(),
              effect.eventType(),
              effect.traceId(),
              Map.of(),
              item);
      entries.add(new TimelineEntry.OfObject(effect.bucket(), effect.key(), entry));
    }
    return entries;
  }

  private Optional<String> traceId() {
    String parent = header.apply("traceparent");
    Matcher matcher = TRACE_PARENT.matcher(parent == null ? "" : parent);
    return matcher.matches() && !matcher.group(1).equals(NO_TRACE)
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  /** Names of details and of their sources in turn; those that are absent are left out. */
  private static Map<String, String> details(
      UnaryOperator<@Nullable String> source, String... namesAndSources) {
    Map<String, String> details = new LinkedHashMap<>();
    for (int i = 0; i < namesAndSources.length; i += 2) {
      String value = source.apply(namesAndSources[i + 1]);
      if (value != null) {
        details.put(namesAndSources[i], value);
      }
    }
    return details;
  }
}
