package quayside.sink.search;

import java.util.List;
import java.util.Optional;
import quayside.sink.DependencyUnavailableException;

/**
 * The search engine as the rest of this package sees it. PostgreSQL is the embedded one; every
 * engine passes {@code SearchIndexContract}. Thread-safe.
 */
interface SearchIndex {

  /**
   * Applies changes, each by itself: a change that fails does not keep the others from being
   * applied, and what was applied is durable on return. The same object may occur several times, in
   * any order.
   *
   * @return one outcome per change, in the same order
   * @throws DependencyUnavailableException when the engine cannot answer; any part of the batch may
   *     have been applied, and sending it again is harmless
   */
  List<Outcome> bulk(List<Change> changes) throws DependencyUnavailableException;

  /**
   * Finds documents, newest upload first. What {@code query.text()} matches is told in the package
   * description. How soon a change can be found after {@link #bulk} returned is the engine's to
   * say.
   *
   * @throws SearchTimeoutException when the engine needs longer than a search may take
   * @throws DependencyUnavailableException when the engine cannot answer
   */
  SearchPage search(SearchQuery query)
      throws SearchTimeoutException, DependencyUnavailableException;

  /**
   * Begins to build another, empty index beside this one.
   *
   * @param restart deletes what an earlier rebuild left behind
   * @return empty when a rebuild is under way, here or elsewhere, or was left unfinished
   * @throws DependencyUnavailableException when the engine cannot answer
   */
  Optional<SearchRebuild> rebuild(boolean restart) throws DependencyUnavailableException;

  /** True when the engine answers and its schema is there. Does not throw. */
  boolean ready();
}
