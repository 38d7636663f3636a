package quayside.sink.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Chooses the engine behind {@link SearchIndex}. */
@ApplicationScoped
class SearchEngine {

  @Produces
  @Singleton
  SearchIndex index(DataSource dataSource, SearchConfig config) {
    return switch (config.engine()) {
      case POSTGRES -> new PostgresSearchIndex(dataSource, config.timeout());
      case OPENSEARCH ->
          new OpenSearchIndex(client(config.opensearch()), config.opensearch(), config.timeout());
    };
  }

  private static OpenSearchClient client(SearchConfig.OpenSearch config) {
    return new OpenSearchClient(config.url(), config.username(), config.password());
  }
}
