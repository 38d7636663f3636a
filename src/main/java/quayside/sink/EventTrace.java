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

  /** Does work of the event: what it logs, sends and traces in this thread belongs to it. */
  void run(Runnable work) {
    try (Scope current = context.makeCurrent()) {
      // A thread of Vert.x has them from the context already, and loses them with it.
      if (traceId().equals(MDC.get(TRACE_ID))) {
        work.run();
      } else {
        runMarked(work);
      }
    }
  }

  private void runMarked(Runnable work) {
    MDC.put(TRACE_ID, traceId());
    MDC.put(SPAN_ID, span.getSpanContext().getSpanId());
    try {
      work.run();
    } finally {
      MDC.remove(TRACE_ID);
      MDC.remove(SPAN_ID);
    }
  }

  /** W3C trace id; all zeros when there is none. */
  String traceId() {
    return span.getSpanContext().getTraceId();
  }

  /** True when it can be told from others. */
  boolean isValid() {
    return span.getSpanContext().isValid();
  }

  /** The event can never be applied. */
  void failed(String reason) {
    span.setStatus(StatusCode.ERROR, reason);
  }

  void end() {
    span.end();
  }
}
