package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The trace of a callback on its way through the journal. */
class KeptTraceTest {
  private static final SpanContext CALLBACK =
      SpanContext.create(
          "0af7651916cd43dd8448eb211c80319c",
          "b7ad6b7169203331",
          TraceFlags.getSampled(),
          TraceState.builder().put("vendor", "1").build());

  private final Map<String, String> kept = new LinkedHashMap<>(Map.of("ce_id", "1"));

  @Test
  void trace_survivesAmongTheHeaders() {
    KeptTrace.keep(Context.root().with(Span.wrap(CALLBACK)), kept::put);

    SpanContext found = Span.fromContext(KeptTrace.of(kept)).getSpanContext();
    assertThat(found.getTraceId()).isEqualTo(CALLBACK.getTraceId());
    assertThat(found.getSpanId()).isEqualTo(CALLBACK.getSpanId());
    assertThat(found.isSampled()).isTrue();
    assertThat(found.getTraceState().get("vendor")).isEqualTo("1");
  }

  /** Otherwise the record would have two of each, and readers take either. */
  @Test
  void laterSpan_replacesTheEarlier() {
    KeptTrace.keep(Context.root().with(Span.wrap(CALLBACK)), kept::put);
    SpanContext publish =
        SpanContext.create(
            CALLBACK.getTraceId(),
            "00f067aa0ba902b7",
            TraceFlags.getSampled(),
            TraceState.getDefault());

    KeptTrace.keep(Context.root().with(Span.wrap(publish)), kept::put);

    assertThat(kept).containsOnlyKeys("ce_id", "traceparent", "tracestate");
    assertThat(Span.fromContext(KeptTrace.of(kept)).getSpanContext().getSpanId())
        .isEqualTo("00f067aa0ba902b7");
  }

  @Test
  void noTrace_isNone() {
    KeptTrace.keep(Context.root(), kept::put);

    assertThat(kept).containsOnlyKeys("ce_id");
    assertThat(Span.fromContext(KeptTrace.of(kept)).getSpanContext().isValid()).isFalse();
  }
}
