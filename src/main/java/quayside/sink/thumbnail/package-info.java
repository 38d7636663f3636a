/**
 * Thumbnails of uploaded images. Consumes {@code oss.object.uploaded.v1}, reads the object, writes
 * its thumbnails beside it and publishes {@code oss.object.thumbnailed.v1}.
 *
 * <p>Key: {@code <prefix>/<etag>/<preset>.<extension>}, from a preset's second version on {@code
 * <preset>-v2.<extension>}, so the name says which content it shows and how it was made. {@code
 * manifest.json} beside them says the rest. Store operation: HEAD, and PUT only for a thumbnail
 * that is missing or made by another recipe. A replay reads nothing but headers, rewrites nothing
 * and publishes the same event, with the same id, again. Fence: an event whose ETag is not the
 * object's any more is skipped, as the upload that replaced it has an event of its own.
 *
 * <p>A raised preset version makes another event of the same upload, newer than the first by a
 * microsecond a version: newer than what it replaces, older than any other upload. {@code
 * Regeneration} sends earlier uploads through the sink again to that end.
 *
 * <p>Each image is downloaded once and decoded once, at about the size of the largest preset where
 * its format allows that; all presets, formats and the placeholder come from those pixels. Of an
 * animation that is the first frame: it is what every client can show, and costs a known time.
 */
@NullMarked
package quayside.sink.thumbnail;

import org.jspecify.annotations.NullMarked;
