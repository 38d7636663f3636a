package quayside.sink.catalog;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;

/**
 * What an event says of an object, as columns. Uploads and deletions have the same ones in the same
 * order: the rows of both go into {@code catalog.object} and {@code catalog.rival} alike.
 */
final class ObjectColumns {
  /** What is known of a row from looking at the bucket ends with the next event. */
  private static final String UNDISPUTED = "live_etag = null, live_size = null, disputed_at = null";

  private ObjectColumns() {}

  /** The table of objects, written from uploads. */
  static FencedTable<ObjectUploaded> uploaded() {
    return new FencedTable<>(
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
            Column.time("uploaded_at", CloudEvent::time),
            Column.text("state", event -> ObjectState.PRESENT.value())),
        UNDISPUTED);
  }

  /** The same table, written from deletions. */
  static FencedTable<ObjectDeleted> deleted() {
    return new FencedTable<>(
        "catalog.object",
        ObjectDeleted::bucket,
        ObjectDeleted::key,
        List.of(
            nothing("etag"),
            Column.bigint("size", event -> null),
            nothing("crc64"),
            nothing("content_md5"),
            nothing("mime_type"),
            Column.integer("image_width", event -> null),
            Column.integer("image_height", event -> null),
            nothing("image_format"),
            nothing("operation"),
            nothing("request_id"),
            nothing("owner"),
            nothing("requester"),
            nothing("client_ip"),
            nothing("vpc_id"),
            Column.jsonb("variables", event -> Map.of()),
            Column.jsonb("fields", event -> Map.of()),
            Column.text("verification_level", event -> VerificationLevel.CONFIRMED.value()),
            Column.time("uploaded_at", CloudEvent::time),
            Column.text("state", event -> ObjectState.DELETED.value())),
        UNDISPUTED);
  }

  private static Column<ObjectUploaded> text(
      String name, FencedTable.DataText<ObjectUploaded> value) {
    return Column.text(name, event -> value.of(event.data()));
  }

  private static Column<ObjectDeleted> nothing(String name) {
    return Column.text(name, event -> null);
  }

  private static <V> @Nullable V image(
      CloudEvent<ObjectUploaded> event, Function<ObjectUploaded.Image, @Nullable V> value) {
    ObjectUploaded.Image image = event.data().image();
    return image == null ? null : value.apply(image);
  }
}
