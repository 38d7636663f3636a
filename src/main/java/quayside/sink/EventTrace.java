package quayside.sink;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jboss.logging.MDC;

/** The processing span of one event. Used by one thread at a time. */
final class EventTrace {
  // As Quarkus calls them on the way of a request.
  private static final String TRACE_ID = "traceId";
  private static final String SPAN_ID = "spanId";

  private final Span span;
  private final Context context;

  EventTrace(Span span, Context context) {
    this.span = span;
    this.context = context;
  }

  /** Until it is closed, what this thread logs, sends and traces belongs to the event. */
  Scope makeCurrent() {
    Scope scope = context.makeCurrent();
    String traceId = span.getSpanContext().getTraceId();
    if (traceId.equals(MDC.get(TRACE_ID))) {
      return scope;
    }
    MDC.put(TRACE_ID, traceId);
    MDC.put(SPAN_ID, span.getSpanContext().getSpanId());
    return () -> {
      MDC.remove(TRACE_ID);
      MDC.remove(SPAN_ID);
      scope.close();
    };
  }

  /** The event can never be applied. */
  void failed(String reason) {
    span.setStatus(StatusCode.ERROR, reason);
  }

  void end() {
    span.end();
  }
}
