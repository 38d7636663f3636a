package quayside.sink;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.EVENTS;
import static quayside.log.LogField.SINK;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** The publisher on the channel {@code effect}. */
@ApplicationScoped
class KafkaEffectPublisher implements EffectPublisher {
  private static final Logger LOG = Logger.getLogger(KafkaEffectPublisher.class);
  private static final String LOST = "quayside.sink.effects.lost";

  private final SinkConfig config;
  private final MutinyEmitter<byte[]> emitter;
  private final MeterRegistry metrics;

  // Each record is a batch: this many wait for Kafka at most.
  KafkaEffectPublisher(
      SinkConfig config,
      @Channel("effect") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 64)
          MutinyEmitter<byte[]> emitter,
      MeterRegistry metrics) {
    this.config = config;
    this.emitter = emitter;
    this.metrics = metrics;
  }

  @Override
  public void publish(EffectBatch effects) {
    if (!config.effects()) {
      return;
    }
    try {
      emitter
          .send(effects.toBytes())
          .subscribe()
          .with(published -> {}, failure -> lost(effects, failure));
    } catch (RuntimeException e) {
      lost(effects, e);
    }
  }

  /** The meter of a sink, from its start. */
  static void lostAtZero(MeterRegistry metrics, String sink) {
    Counter.builder(LOST)
        .description("Effects the timeline will not tell of")
        .tag("sink", sink)
        .register(metrics);
  }

  private void lost(EffectBatch effects, Throwable failure) {
    metrics.counter(LOST, "sink", effects.sink()).increment(effects.effects().size());
    LOG.debugf(
        "effects not told %s %s %s",
        SINK.of(effects.sink()), EVENTS.of(effects.effects().size()), CAUSE.of(failure.toString()));
  }
}
