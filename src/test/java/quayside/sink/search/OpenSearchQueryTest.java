package quayside.sink.search;

import org.junit.jupiter.api.BeforeAll;

/** OpenSearch finds what the contract says: the same as the embedded engine. */
class OpenSearchQueryTest extends SearchQueryContract {
  private static SearchIndex index;

  @BeforeAll
  static void createIndex() {
    index = SearchCluster.create();
  }

  @Override
  SearchIndex index() {
    return index;
  }
}
