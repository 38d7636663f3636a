package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;
import quayside.sink.Sink;

/**
 * Deletions into {@code catalog.object}, as tombstones, and into {@code catalog.thumbnails}, as
 * empty rows: files stay, but what is known of them is forgotten. Thread-safe.
 */
@ApplicationScoped
class TombstoneSink implements Sink<ObjectDeleted> {
  private static final FencedTable<ObjectDeleted> OBJECTS = ObjectColumns.deleted();
  private static final FencedTable<ObjectDeleted> THUMBNAILS =
      new FencedTable<>(
          "catalog.thumbnails",
          ObjectDeleted::bucket,
          ObjectDeleted::key,
          List.of(
              Column.text("etag", event -> null),
              Column.integer("width", event -> null),
              Column.integer("height", event -> null),
              Column.text("format", event -> null),
              Column.jsonb("thumbnails", event -> List.of()),
              Column.text("thumb_hash", event -> null),
              Column.text("causation_id", event -> null)),
          "");

  private final CatalogSink<ObjectDeleted> sink;

  TombstoneSink(CatalogWriter writer, CatalogMetrics metrics) {
    this.sink = new CatalogSink<>("deleted", OBJECTS, data -> true, writer, metrics, THUMBNAILS);
  }

  @Override
  public void apply(List<CloudEvent<ObjectDeleted>> events)
      throws PermanentFailureException, DependencyUnavailableException {
    sink.apply(events);
  }
}
