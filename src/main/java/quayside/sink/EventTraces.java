package quayside.sink;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Continues the trace that a record carries (W3C trace context). A batch is one write for many
 * traces, so each record has a processing span of its own, in the trace of its callback, for as
 * long as the write of its batch takes. Names and attributes follow OpenTelemetry's conventions for
 * messaging. Thread-safe.
 */
final class EventTraces {
  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final String sink;
  private final String group;

  EventTraces(OpenTelemetry telemetry, String sink, String group) {
    this.tracer = telemetry.getTracer("quayside.sink");
    this.propagator = telemetry.getPropagators().getTextMapPropagator();
    this.sink = sink;
    this.group = group;
  }

  /**
   * Starts the processing span of a record.
   *
   * @param headers gives the value of a header, null when it is absent
   */
  EventTrace start(
      UnaryOperator<@Nullable String> headers, String topic, int partition, long offset) {
    Context sent = propagator.extract(Context.root(), headers, Header.GETTER);
    Span span =
        tracer
            .spanBuilder("process " + topic)
            .setParent(sent)
            .setSpanKind(SpanKind.CONSUMER)
            .startSpan();
    if (span.isRecording()) {
      span.setAttribute("messaging.system", "kafka");
      span.setAttribute("messaging.operation.type", "process");
      span.setAttribute("messaging.destination.name", topic);
      span.setAttribute("messaging.destination.partition.id", Integer.toString(partition));
      span.setAttribute("messaging.kafka.offset", offset);
      span.setAttribute("messaging.consumer.group.name", group);
      span.setAttribute("quayside.sink", sink);
    }
    return new EventTrace(span, sent.with(span));
  }

  /** The trace that a record carries. */
  static Context sent(OpenTelemetry telemetry, UnaryOperator<@Nullable String> headers) {
    return telemetry
        .getPropagators()
        .getTextMapPropagator()
        .extract(Context.root(), headers, Header.GETTER);
  }

  /** Headers by name; which others there are is of no interest to trace context. */
  private enum Header implements TextMapGetter<UnaryOperator<@Nullable String>> {
    GETTER;

    @Override
    public Iterable<String> keys(UnaryOperator<@Nullable String> headers) {
      return List.of();
    }

    @Override
    public @Nullable String get(@Nullable UnaryOperator<@Nullable String> headers, String name) {
      return headers == null ? null : headers.apply(name);
    }
  }
}
