package quayside.sink.catalog;

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
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.Problem;

/**
 * Answers what {@link CatalogResource} cannot answer otherwise, with a {@link Problem};
 * thread-safe.
 */
@ApplicationScoped
class CatalogProblemMapper {
  private static final Logger LOG = Logger.getLogger(CatalogProblemMapper.class);

  private static final String REFUSED = "quayside.catalog.refused";

  private final MeterRegistry metrics;

  CatalogProblemMapper(MeterRegistry metrics) {
    this.metrics = metrics;
    for (CatalogRefusal refusal : CatalogRefusal.values()) {
      Counter.builder(REFUSED)
          .description("Requests for the catalog that were refused")
          .tag("reason", refusal.reason())
          .register(metrics);
    }
  }

  // Made with the application, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, CatalogProblemMapper mapper) {
    if (roles.include(Role.API)) {
      mapper.begin();
    }
  }

  void begin() {}

  RestResponse<Problem> refused(CatalogRequestException failure) {
    LOG.debugf("catalog request refused %s", REASON.of(failure.refusal().reason()));
    return answer(failure.refusal());
  }

  /** For a failed read: the failure itself when the database is not the reason. */
  RestResponse<Problem> failed(RuntimeException failure) {
    if (!DatabaseFailure.isOfDatabase(failure)) {
      throw failure;
    }
    LOG.warnf(
        "catalog not readable %s %s",
        REASON.of(CatalogRefusal.CATALOG_UNAVAILABLE.reason()),
        CAUSE.of(DatabaseFailure.message(failure)));
    return answer(CatalogRefusal.CATALOG_UNAVAILABLE);
  }

  private RestResponse<Problem> answer(CatalogRefusal refusal) {
    metrics.counter(REFUSED, "reason", refusal.reason()).increment();
    return ResponseBuilder.<Problem>create(refusal.status())
        .type(Problem.MEDIA_TYPE)
        .entity(Problem.of(refusal.reason(), refusal.title(), refusal.status(), refusal.detail()))
        .build();
  }
}
