package quayside.sink;

import java.time.Instant;
import java.util.List;

/**
 * Tells of effects, for the timeline. Never holds up a sink: returns at once, and what Kafka does
 * not take is lost and counted. Thread-safe.
 */
@FunctionalInterface
interface EffectPublisher {

  /** Publishes the effects of one batch as one record. */
  void publish(EffectBatch effects);

  /** Of a sink, at a time. */
  default void publish(String sink, Instant time, List<Effect> effects) {
    if (!effects.isEmpty()) {
      publish(new EffectBatch(sink, time.toString(), effects));
    }
  }
}
