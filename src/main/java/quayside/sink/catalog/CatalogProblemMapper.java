package quayside.sink.catalog;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * Answers what {@link CatalogResource} cannot answer otherwise, with a {@link CatalogProblem};
 * thread-safe.
 */
@ApplicationScoped
class CatalogProblemMapper {
  private static final Logger LOG = Logger.getLogger(CatalogProblemMapper.class);

  private final MeterRegistry metrics;

  CatalogProblemMapper(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  RestResponse<CatalogProblem> refused(CatalogRequestException failure) {
    LOG.debugf("reason=%s", failure.refusal().reason());
    return answer(failure.refusal());
  }

  /** For a failed read: the failure itself when the database is not the reason. */
  RestResponse<CatalogProblem> failed(RuntimeException failure) {
    if (!DatabaseFailure.isOfDatabase(failure)) {
      throw failure;
    }
    LOG.warnf(
        "reason=%s %s",
        CatalogRefusal.CATALOG_UNAVAILABLE.reason(), DatabaseFailure.message(failure));
    return answer(CatalogRefusal.CATALOG_UNAVAILABLE);
  }

  private RestResponse<CatalogProblem> answer(CatalogRefusal refusal) {
    metrics.counter("quayside.catalog.refused", "reason", refusal.reason()).increment();
    return ResponseBuilder.<CatalogProblem>create(refusal.status())
        .type(CatalogProblem.MEDIA_TYPE)
        .entity(CatalogProblem.of(refusal))
        .build();
  }
}
