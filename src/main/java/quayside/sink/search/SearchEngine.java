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
    return new PostgresSearchIndex(dataSource, config.timeout());
  }
}
