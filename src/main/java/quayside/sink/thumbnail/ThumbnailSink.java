package quayside.sink.thumbnail;

import static quayside.log.LogField.EVENT_ID;
import static quayside.log.LogField.OBJECT_KEY;
import static quayside.log.LogField.REASON;

import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.Effects;
import quayside.sink.PermanentFailureException;
import quayside.sink.Sink;
import quayside.sink.thumbnail.Thumbnailer.Done;
import quayside.sink.thumbnail.Thumbnailer.Skipped;

/**
 * Makes thumbnails of uploads and announces them. Unlike other sinks it may be called from several
 * threads at once, each with its own events; all its state is in the bucket.
 */
final class ThumbnailSink implements Sink<ObjectUploaded> {
  private static final Logger LOG = Logger.getLogger(ThumbnailSink.class);

  private final Thumbnailer thumbnailer;
  private final ThumbnailedPublisher publisher;
  private final ThumbnailMetrics metrics;
  private final Clock clock;

  ThumbnailSink(
      Thumbnailer thumbnailer,
      ThumbnailedPublisher publisher,
      ThumbnailMetrics metrics,
      Clock clock) {
    this.thumbnailer = thumbnailer;
    this.publisher = publisher;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public void apply(List<CloudEvent<ObjectUploaded>> events)
      throws PermanentFailureException, DependencyUnavailableException {
    for (CloudEvent<ObjectUploaded> event : events) {
      apply(event);
    }
  }

  private void apply(CloudEvent<ObjectUploaded> event)
      throws PermanentFailureException, DependencyUnavailableException {
    Timer.Sample sample = metrics.begin();
    switch (thumbnailer.thumbnail(event.data())) {
      case Skipped(SkipReason reason) -> {
        LOG.debugf(
            "no thumbnails %s %s %s",
            EVENT_ID.of(event.id()), OBJECT_KEY.of(event.subject()), REASON.of(reason.tag()));
        metrics.skipped(reason);
        Effects.of(event, reason.tag());
      }
      case Done done -> {
        publisher.publish(announcement(event, done));
        metrics.made(sample, event, done.written());
        Effects.of(event, done.written() > 0 ? "made" : "unchanged");
      }
    }
  }

  /**
   * The same upload and recipe always give the same id, so subscribers can tell a repetition. A
   * later revision of the recipe is another event, newer than the ones before by a microsecond each
   * and older than any other upload's.
   */
  private CloudEvent<ObjectThumbnailed> announcement(CloudEvent<ObjectUploaded> upload, Done done) {
    String bucket = Objects.requireNonNull(upload.data().bucket());
    String key = Objects.requireNonNull(upload.data().key());
    ObjectThumbnailed data =
        new ObjectThumbnailed(
            bucket,
            key,
            done.etag(),
            done.source().width(),
            done.source().height(),
            done.source().format(),
            done.thumbnails().stream().map(StoredThumbnail::thumbnail).toList(),
            done.source().thumbHash());
    Instant now = clock.instant();
    return new CloudEvent<>(
        upload.id() + "-thumbnails" + (done.revision() == 0 ? "" : "-" + done.revision()),
        upload.source(),
        EventType.OBJECT_THUMBNAILED_V1,
        key,
        now,
        now,
        upload.partitionKey() == null ? bucket + "/" + key : upload.partitionKey(),
        upload.sequence() + done.revision(),
        upload.ingestPath(),
        upload.id(),
        data);
  }
}
