package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;
import quayside.sink.Sink;

/** Uploads into {@code catalog.object}. Thread-safe. */
@ApplicationScoped
class ObjectSink implements Sink<ObjectUploaded> {
  private static final FencedTable<ObjectUploaded> TABLE =
      new FencedTable<>(
          "catalog.object",
          ObjectUploaded::bucket,
          ObjectUploaded::key,
          List.of(
              text("etag", ObjectUploaded::etag),
              Column.bigint("size", event -> event.data().size()),
              text("crc64", ObjectUploaded::crc64),
              text("content_md5", ObjectUploaded::contentMd5),
              text("mime_type", ObjectUploaded::mimeType),
              Column.integer("image_width", event -> image(event, ObjectUploaded.Image::width)),
              Column.integer("image_height", event -> image(event, ObjectUploaded.Image::height)),
              Column.text("image_format", event -> image(event, ObjectUploaded.Image::format)),
              text("operation", ObjectUploaded::operation),
              text("request_id", ObjectUploaded::requestId),
              text("owner", ObjectUploaded::owner),
              text("requester", ObjectUploaded::requester),
              text("client_ip", ObjectUploaded::clientIp),
              text("vpc_id", ObjectUploaded::vpcId),
              Column.jsonb("variables", event -> event.data().variables()),
              Column.jsonb("fields", event -> event.data().fields()),
              text("verification_level", data -> data.verification().level().value()),
              Column.time("uploaded_at", CloudEvent::time)));

  private final CatalogSink<ObjectUploaded> sink;

  ObjectSink(CatalogWriter writer, CatalogMetrics metrics) {
    this.sink = new CatalogSink<>("uploaded", TABLE, ObjectUploaded::namesObject, writer, metrics);
  }

  @Override
  public void apply(List<CloudEvent<ObjectUploaded>> events)
      throws PermanentFailureException, DependencyUnavailableException {
    sink.apply(events);
  }

  private static Column<ObjectUploaded> text(
      String name, FencedTable.DataText<ObjectUploaded> value) {
    return Column.text(name, event -> value.of(event.data()));
  }

  private static <V> @Nullable V image(
      CloudEvent<ObjectUploaded> event, Function<ObjectUploaded.Image, @Nullable V> value) {
    ObjectUploaded.Image image = event.data().image();
    return image == null ? null : value.apply(image);
  }
}
