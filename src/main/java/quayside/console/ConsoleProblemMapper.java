package quayside.console;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.REASON;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.Problem;

/** Answers requests of the console that are refused, with a {@link Problem}; thread-safe. */
@ApplicationScoped
public class ConsoleProblemMapper {
  private static final Logger LOG = Logger.getLogger(ConsoleProblemMapper.class);
  private static final String REFUSED = "quayside.console.refused";

  private final MeterRegistry metrics;

  ConsoleProblemMapper(MeterRegistry metrics) {
    this.metrics = metrics;
    for (ConsoleRefusal refusal : ConsoleRefusal.values()) {
      Counter.builder(REFUSED)
          .description("Requests of the console that were refused")
          .tag("reason", refusal.reason())
          .register(metrics);
    }
  }

  // Made with the application, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, ConsoleProblemMapper mapper) {
    if (roles.include(Role.API)) {
      mapper.begin();
    }
  }

  void begin() {}

  /** Counts it, and logs what a dependency said. */
  @ServerExceptionMapper
  public RestResponse<Problem> refused(ConsoleRequestException failure) {
    ConsoleRefusal refusal = failure.refusal();
    if (failure.getCause() != null) {
      LOG.warnf(
          "console not served %s %s",
          REASON.of(refusal.reason()), CAUSE.of(failure.getCause().toString()));
    }
    metrics.counter(REFUSED, "reason", refusal.reason()).increment();
    return ResponseBuilder.<Problem>create(refusal.status())
        .type(Problem.MEDIA_TYPE)
        .entity(Problem.of(refusal.reason(), refusal.title(), refusal.status(), refusal.detail()))
        .build();
  }
}
