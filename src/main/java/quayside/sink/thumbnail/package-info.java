/**
 * Thumbnails of uploaded images. Consumes {@code oss.object.uploaded.v1}, reads the object, writes
 * its thumbnails beside it and publishes {@code oss.object.thumbnailed.v1}.
 *
 * <p>Key: {@code <prefix>/<etag>/<preset>.<extension>}, so the name says which content it shows.
 * Store operation: HEAD, and PUT only for a thumbnail that is missing or made by another recipe. A
 * replay reads nothing but headers, rewrites nothing and publishes the same event, with the same
 * id, again. Fence: an event whose ETag is not the object's any more is skipped, as the upload that
 * replaced it has an event of its own.
 */
@NullMarked
package quayside.sink.thumbnail;

import org.jspecify.annotations.NullMarked;
