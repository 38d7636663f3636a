package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.sink.DependencyUnavailableException;

/** The thumbnails of objects as the catalog lists them; blocks; thread-safe. */
@ApplicationScoped
public class CatalogThumbnails {
  private final CatalogReader reader;

  CatalogThumbnails(CatalogReader reader) {
    this.reader = reader;
  }

  /**
   * The thumbnails of the newest version of an object.
   *
   * @param etag ETag of that version, or null when it is not known
   * @param thumbnails where they are; empty when there are none, or none yet
   */
  public record OfVersion(@Nullable String etag, List<Thumbnail> thumbnails) {}

  /**
   * Those of an object; empty when the catalog knows no such object, or knows that it is gone.
   *
   * @throws DependencyUnavailableException when the database does not answer
   */
  public Optional<OfVersion> find(String bucket, String key) throws DependencyUnavailableException {
    try {
      return reader
          .find(new ObjectName(bucket, key))
          .map(object -> new OfVersion(object.etag(), object.thumbnails()));
    } catch (CatalogRequestException gone) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw DatabaseFailure.unavailable(e);
    }
  }
}
