package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import quayside.event.CloudEvent;
import quayside.event.ObjectThumbnailed;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;
import quayside.sink.Sink;

/** Thumbnails into {@code catalog.thumbnails}. Thread-safe. */
@ApplicationScoped
class ThumbnailSink implements Sink<ObjectThumbnailed> {
  private static final FencedTable<ObjectThumbnailed> TABLE =
      new FencedTable<>(
          "catalog.thumbnails",
          ObjectThumbnailed::bucket,
          ObjectThumbnailed::key,
          List.of(
              Column.text("etag", event -> event.data().etag()),
              Column.integer("width", event -> event.data().width()),
              Column.integer("height", event -> event.data().height()),
              Column.text("format", event -> event.data().format()),
              Column.jsonb("thumbnails", event -> event.data().thumbnails()),
              Column.text("thumb_hash", event -> event.data().thumbHash()),
              Column.text("causation_id", CloudEvent::causationId)),
          "");

  private final CatalogSink<ObjectThumbnailed> sink;

  ThumbnailSink(CatalogWriter writer, CatalogMetrics metrics) {
    this.sink = new CatalogSink<>("thumbnailed", TABLE, data -> true, writer, metrics);
  }

  @Override
  public void apply(List<CloudEvent<ObjectThumbnailed>> events)
      throws PermanentFailureException, DependencyUnavailableException {
    sink.apply(events);
  }
}
