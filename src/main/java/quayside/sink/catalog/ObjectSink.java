package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;
import quayside.sink.Sink;

/** Uploads into {@code catalog.object}. Thread-safe. */
@ApplicationScoped
class ObjectSink implements Sink<ObjectUploaded> {
  private static final FencedTable<ObjectUploaded> TABLE = ObjectColumns.uploaded();

  private final CatalogSink<ObjectUploaded> sink;

  ObjectSink(CatalogWriter writer, CatalogMetrics metrics) {
    this.sink = new CatalogSink<>("uploaded", TABLE, ObjectUploaded::namesObject, writer, metrics);
  }

  @Override
  public void apply(List<CloudEvent<ObjectUploaded>> events)
      throws PermanentFailureException, DependencyUnavailableException {
    sink.apply(events);
  }
}
