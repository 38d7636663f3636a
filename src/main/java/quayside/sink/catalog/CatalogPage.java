package quayside.sink.catalog;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the catalog.
 *
 * @param objects in the order asked for
 * @param nextCursor what to send as {@code cursor} for the next page, or null when this is the last
 *     one
 */
@JsonPropertyOrder({"objects", "nextCursor"})
record CatalogPage(List<CatalogObject> objects, @Nullable String nextCursor) {}
