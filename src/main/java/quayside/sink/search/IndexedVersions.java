package quayside.sink.search;

import java.util.Collection;
import java.util.Map;
import quayside.sink.DependencyUnavailableException;

/** What the index holds of objects, for a comparison with the catalog. Thread-safe. */
@FunctionalInterface
public interface IndexedVersions {

  /**
   * What the index holds of an object.
   *
   * @param version sequence of the event that wrote it
   * @param isDeleted whether it is a tombstone
   */
  record Version(long version, boolean isDeleted) {}

  /**
   * The versions of some objects of a bucket, by key; those the index does not know are absent.
   *
   * @throws DependencyUnavailableException when the engine cannot answer
   */
  Map<String, Version> of(String bucket, Collection<String> keys)
      throws DependencyUnavailableException;
}
