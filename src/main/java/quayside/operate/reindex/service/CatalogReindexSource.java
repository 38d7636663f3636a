package quayside.operate.reindex.service;

import jakarta.enterprise.context.ApplicationScoped;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.catalog.CatalogEvents;
import quayside.sink.catalog.CatalogEvents.Position;
import quayside.sink.search.ReindexSource;

/** The catalog as the source of a reindex; neither sink knows of the other. Thread-safe. */
@ApplicationScoped
class CatalogReindexSource implements ReindexSource {
  /** As many as one batch of a sink: what is in memory at a time. */
  static final int PAGE_SIZE = 500;

  private final CatalogEvents catalog;

  CatalogReindexSource(CatalogEvents catalog) {
    this.catalog = catalog;
  }

  @Override
  public Pages open() {
    return new CatalogPages();
  }

  /** Remembers where it is; used by one thread. */
  private final class CatalogPages implements Pages {
    private Position position = Position.START;

    @Override
    public Page next() throws DependencyUnavailableException {
      CatalogEvents.Page page = catalog.page(position, PAGE_SIZE);
      position = page.next().orElse(position);
      return new Page(page.uploads(), page.thumbnails(), page.deletions());
    }
  }
}
