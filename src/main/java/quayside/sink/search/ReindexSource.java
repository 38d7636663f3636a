package quayside.sink.search;

import java.util.List;
import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.sink.DependencyUnavailableException;

/**
 * Where a reindex finds objects whose events the topic no longer has. The search sink knows no
 * other sink: whoever knows the catalog implements this.
 */
public interface ReindexSource {

  /**
   * Begins from the first object.
   *
   * @throws DependencyUnavailableException when the source does not answer
   */
  Pages open() throws DependencyUnavailableException;

  /** Objects, page by page, in bounded memory. Used by one thread. */
  @FunctionalInterface
  interface Pages {

    /**
     * The next page; an empty one is the end. After an exception the same page is asked again.
     *
     * @throws DependencyUnavailableException when the source does not answer
     */
    Page next() throws DependencyUnavailableException;
  }

  /**
   * Some objects.
   *
   * @param uploads the events their current state came from
   * @param thumbnails the events their thumbnails came from
   * @param deletions the events that made tombstones of others
   */
  record Page(
      List<CloudEvent<ObjectUploaded>> uploads,
      List<CloudEvent<ObjectThumbnailed>> thumbnails,
      List<CloudEvent<ObjectDeleted>> deletions) {
    public Page {
      uploads = List.copyOf(uploads);
      thumbnails = List.copyOf(thumbnails);
      deletions = List.copyOf(deletions);
    }

    /** The objects in it. */
    int size() {
      return uploads.size() + deletions.size();
    }

    /** Whether there is nothing more. */
    public boolean isEmpty() {
      return uploads.isEmpty() && thumbnails.isEmpty() && deletions.isEmpty();
    }
  }
}
