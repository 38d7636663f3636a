package quayside.sink.catalog.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectState;
import quayside.event.ObjectState.Thumbnails;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.sink.catalog.LockedObjects.Known;
import quayside.sink.catalog.ObjectName;

/**
 * What is to be told of an object: the newest of what the catalog holds and of the events that it
 * set aside.
 *
 * @param event the state; of an object that is gone its data says no more than which
 * @param isGone whether the record is a tombstone
 */
record CurrentState(CloudEvent<ObjectState> event, boolean isGone) {

  /**
   * The state of an object, empty when nothing is known of it.
   *
   * @param setAside events about it that the catalog has not seen, in any order
   */
  static Optional<CurrentState> of(Known known, List<CloudEvent<?>> setAside) {
    CloudEvent<?> object =
        newest(
            known.object(),
            known.fence(),
            setAside.stream().filter(event -> !isThumbnailing(event)));
    CloudEvent<?> thumbnails =
        newest(
            known.thumbnails(),
            known.thumbnailsFence(),
            setAside.stream().filter(CurrentState::isThumbnailing));
    if (object != null) {
      return Optional.of(of(known.name(), object, thumbnails));
    }
    return Optional.ofNullable(thumbnails).map(event -> withoutUpload(known.name(), event));
  }

  private static CurrentState of(
      ObjectName name, CloudEvent<?> object, @Nullable CloudEvent<?> thumbnails) {
    if (object.data() instanceof ObjectUploaded upload) {
      ObjectState state =
          ObjectState.of(
              name.bucket(),
              name.key(),
              upload,
              object.time(),
              object.id(),
              thumbnails == null ? null : thumbnails(thumbnails));
      return new CurrentState(event(name, object, object.sequence(), state), false);
    }
    ObjectState nothing = ObjectState.withoutUpload(name.bucket(), name.key(), null);
    return new CurrentState(event(name, object, object.sequence(), nothing), true);
  }

  // Any upload is newer.
  private static CurrentState withoutUpload(ObjectName name, CloudEvent<?> thumbnailing) {
    ObjectState state =
        ObjectState.withoutUpload(name.bucket(), name.key(), thumbnails(thumbnailing));
    return new CurrentState(event(name, thumbnailing, 0, state), false);
  }

  private static CloudEvent<ObjectState> event(
      ObjectName name, CloudEvent<?> told, long sequence, ObjectState state) {
    String uploadId = isThumbnailing(told) ? null : told.id();
    return new CloudEvent<>(
        id(name, uploadId, sequence, state.thumbnails()),
        told.source(),
        EventType.OBJECT_STATE_V1,
        name.key(),
        told.time(),
        told.recordedTime(),
        name.recordKey(),
        sequence,
        IngestPath.CATALOG,
        uploadId,
        state);
  }

  private static @Nullable CloudEvent<?> newest(
      @Nullable CloudEvent<?> held, long fence, Stream<CloudEvent<?>> setAside) {
    CloudEvent<?> newest = held;
    long greatest = fence;
    for (CloudEvent<?> event : setAside.toList()) {
      if (event.sequence() > greatest) {
        newest = event;
        greatest = event.sequence();
      }
    }
    return newest;
  }

  private static boolean isThumbnailing(CloudEvent<?> event) {
    return event.data() instanceof ObjectThumbnailed;
  }

  private static Thumbnails thumbnails(CloudEvent<?> thumbnailing) {
    return Thumbnails.of(thumbnailing.sequence(), (ObjectThumbnailed) thumbnailing.data());
  }

  // The same state has the same id, whoever tells it and however often.
  private static String id(
      ObjectName name, @Nullable String uploadId, long sequence, @Nullable Thumbnails thumbnails) {
    String text =
        String.join(
            "\n",
            name.bucket(),
            name.key(),
            uploadId == null ? "-" : uploadId,
            Long.toString(sequence),
            thumbnails == null ? "-" : thumbnails.sequence());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "state-" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
