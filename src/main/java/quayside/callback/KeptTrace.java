package quayside.callback;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The trace of an event while it is in the journal: W3C trace context among the headers of its
 * record, so that whoever publishes it, perhaps after a restart, continues the trace.
 */
final class KeptTrace {
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

  private KeptTrace() {}

  /** Gives the headers of the trace, name and text, to whoever adds them to a record. */
  static void keep(Context trace, BiConsumer<String, String> headers) {
    W3C.inject(trace, headers, (receiver, name, text) -> headers.accept(name, text));
  }

  /** The trace among the headers, or none. */
  static Context of(Map<String, String> headers) {
    return W3C.extract(Context.root(), headers, Header.GETTER);
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
