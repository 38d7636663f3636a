package quayside.sink.search;

import java.util.List;
import quayside.sink.DependencyUnavailableException;

/**
 * A second index that is built beside the one in use, and takes its place. Searches and the sinks'
 * writes go on meanwhile and know nothing of it. Used by one thread.
 */
interface SearchRebuild {

  /** As {@link SearchIndex#bulk}, on the index being built. */
  List<Outcome> bulk(List<Change> changes) throws DependencyUnavailableException;

  /**
   * Puts this index in the place of the other: searches see the one or the other, never none. From
   * here on {@link SearchIndex} is this one. May be repeated when it failed.
   */
  void swap() throws DependencyUnavailableException;

  /**
   * Deletes the index that was replaced, after {@link #swap}. To be called when searches that began
   * before it have ended.
   */
  void retire() throws DependencyUnavailableException;

  /** Deletes what was built, before {@link #swap}. */
  void discard() throws DependencyUnavailableException;
}
