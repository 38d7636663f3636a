package quayside.sink.search;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quayside.event.ObjectThumbnailed.Thumbnail;

/**
 * One write. Versions are given from outside (the event's {@code sequence}) and name one change
 * each: an index applies a change only when its version is newer than the one it holds, so changes
 * may arrive in any order and any number of times.
 */
sealed interface Change {

  /** The object it is about. */
  ObjectId id();

  /** Microseconds; compared with the version the index holds for the same {@link #target}. */
  long version();

  /** What is written; versions of different targets have nothing to do with each other. */
  Target target();

  /** The document of an object, or the thumbnails of one of its versions. */
  sealed interface Target {

    /** Written by {@link Upsert} and {@link Tombstone}. */
    record Document(ObjectId id) implements Target {}

    /** Written by {@link Change.Thumbnails}. */
    record ThumbnailsOf(ObjectId id, @Nullable String etag) implements Target {}
  }

  /** The object has this content now. */
  record Upsert(ObjectId id, long version, ObjectDocument document) implements Change {
    @Override
    public Target target() {
      return new Target.Document(id);
    }
  }

  /**
   * The object is gone. Remembered with its version for good, so that a late {@link Upsert} does
   * not bring it back.
   */
  record Tombstone(ObjectId id, long version) implements Change {
    @Override
    public Target target() {
      return new Target.Document(id);
    }
  }

  /**
   * The thumbnails of one version of the object, the one with this ETag. Has versions of its own,
   * compared among the thumbnails of the same ETag only. May precede the {@link Upsert} it belongs
   * to: it is kept, and shown once the document has the same ETag or, where the document has none,
   * came with the event that caused the thumbnails.
   *
   * @param etag ETag of the original, or null when it is not known
   * @param causationId id of the upload event they were made for, or null when it is not known
   */
  record Thumbnails(
      ObjectId id,
      @Nullable String etag,
      long version,
      @Nullable String causationId,
      List<Thumbnail> thumbnails)
      implements Change {

    public Thumbnails {
      thumbnails = List.copyOf(thumbnails);
    }

    @Override
    public Target target() {
      return new Target.ThumbnailsOf(id, etag);
    }
  }
}
