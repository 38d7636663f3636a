package quayside.console.live;

import java.util.Optional;
import java.util.function.Supplier;
import quayside.event.CloudEvent;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.sink.timeline.TimelineRecord;

/**
 * A record of the feed.
 *
 * @param record as the timeline reads it
 * @param uploaded reads it as an upload; empty when it is none
 * @param thumbnailed reads it as thumbnails; empty when it is none
 */
record FeedRecord(
    TimelineRecord record,
    Supplier<Optional<CloudEvent<ObjectUploaded>>> uploaded,
    Supplier<Optional<CloudEvent<ObjectThumbnailed>>> thumbnailed) {}
