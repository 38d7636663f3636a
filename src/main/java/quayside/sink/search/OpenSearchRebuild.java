package quayside.sink.search;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import quayside.sink.DependencyUnavailableException;

/**
 * Builds the next generation of both indexes and swaps the aliases: one change of cluster state.
 */
final class OpenSearchRebuild implements SearchRebuild {
  private final OpenSearchSchema schema;
  private final OpenSearchSchema.Names current;
  private final OpenSearchSchema.Names next;
  private final OpenSearchWriter writer;

  private OpenSearchRebuild(
      OpenSearchClient client,
      OpenSearchSchema schema,
      OpenSearchSchema.Names current,
      OpenSearchSchema.Names next,
      Duration writeTimeout) {
    this.schema = schema;
    this.current = current;
    this.next = next;
    this.writer = new OpenSearchWriter(client, next, false, writeTimeout);
  }

  /** See {@link SearchIndex#rebuild}. */
  static Optional<SearchRebuild> begin(
      OpenSearchClient client, OpenSearchSchema schema, Duration writeTimeout, boolean restart)
      throws DependencyUnavailableException {
    schema.ensure();
    OpenSearchRebuild rebuild =
        new OpenSearchRebuild(client, schema, schema.current(), schema.next(), writeTimeout);
    if (restart) {
      rebuild.discard();
    }
    for (String index : rebuild.next.both()) {
      if (!schema.create(index, false)) {
        return Optional.empty();
      }
    }
    return Optional.of(rebuild);
  }

  @Override
  public List<Outcome> bulk(List<Change> changes) throws DependencyUnavailableException {
    return writer.write(changes);
  }

  @Override
  public void swap() throws DependencyUnavailableException {
    // Asked again after an answer was lost, it may have happened already.
    if (!schema.current().equals(next)) {
      schema.swap(current, next);
    }
  }

  @Override
  public void retire() throws DependencyUnavailableException {
    for (String index : current.both()) {
      schema.delete(index);
    }
  }

  @Override
  public void discard() throws DependencyUnavailableException {
    for (String index : next.both()) {
      schema.delete(index);
    }
  }
}
