package quayside.sink.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Chooses the engine behind {@link SearchIndex} and {@link IndexedVersions}. */
@ApplicationScoped
class SearchEngine {

  @Produces
  @Singleton
  SearchIndex index(Instance<DataSource> dataSource, SearchConfig config) {
    return switch (config.engine()) {
      case POSTGRES -> new PostgresSearchIndex(dataSource.get(), config.timeout());
      case OPENSEARCH ->
          new OpenSearchIndex(client(config.opensearch()), config.opensearch(), config.timeout());
    };
  }

  @Produces
  @Singleton
  IndexedVersions versions(Instance<DataSource> dataSource, SearchConfig config) {
    return switch (config.engine()) {
      case POSTGRES -> new PostgresIndexedVersions(dataSource.get());
      case OPENSEARCH ->
          new OpenSearchIndexedVersions(client(config.opensearch()), config.opensearch());
    };
  }

  private static OpenSearchClient client(SearchConfig.OpenSearch config) {
    return new OpenSearchClient(config.url(), config.username(), config.password());
  }
}
