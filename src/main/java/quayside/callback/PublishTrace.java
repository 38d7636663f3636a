package quayside.callback;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * The span of one publication, in the trace of its callback; only where that trace is recorded, so
 * that all others pay nothing. Names and attributes follow OpenTelemetry's conventions for
 * messaging. Thread-safe.
 */
@Singleton
final class PublishTrace {
  private final Tracer tracer;
  private final String topic;

  PublishTrace(OpenTelemetry telemetry, TopicsConfig topics) {
    this.tracer = telemetry.getTracer("quayside.callback");
    this.topic = topics.objectUploaded();
  }

  /** The context that the record is to carry on, in the trace of its callback. */
  Context start(Context callback) {
    if (!Span.fromContext(callback).getSpanContext().isSampled()) {
      return callback;
    }
    Span span =
        tracer
            .spanBuilder(topic + " publish")
            .setParent(callback)
            .setSpanKind(SpanKind.PRODUCER)
            .setAttribute("messaging.system", "kafka")
            .setAttribute("messaging.operation.type", "publish")
            .setAttribute("messaging.destination.name", topic)
            .startSpan();
    return callback.with(span);
  }

  /** The record was acknowledged, or not. */
  void end(Context started, @Nullable Throwable failure) {
    Span span = Span.fromContext(started);
    if (span.isRecording()) {
      if (failure != null) {
        span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
      }
      span.end();
    }
  }
}
