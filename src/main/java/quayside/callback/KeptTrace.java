package quayside.callback;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trace of an event while it is in the journal: W3C trace context among the headers of its
 * record, so that whoever publishes it, perhaps after a restart, continues the trace.
 */
final class KeptTrace {
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

  private KeptTrace() {}

  /** Adds the headers of the trace; returns the same headers. */
  static Map<String, String> keep(Context trace, Map<String, String> headers) {
    W3C.inject(trace, headers, (carrier, name, value) -> headers(carrier).put(name, value));
    return headers;
  }

  /** The trace among the headers, or none. */
  static Context of(Map<String, String> headers) {
    return W3C.extract(Context.root(), headers, Header.GETTER);
  }

  // OpenTelemetry allows for setters without a carrier; ours always has one.
  private static Map<String, String> headers(@Nullable Map<String, String> carrier) {
    return carrier == null ? Map.of() : carrier;
  }

  private enum Header implements TextMapGetter<Map<String, String>> {
    GETTER;

    @Override
    public Iterable<String> keys(Map<String, String> headers) {
      return headers.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> headers, String name) {
      return headers == null ? null : headers.get(name);
    }
  }
}
