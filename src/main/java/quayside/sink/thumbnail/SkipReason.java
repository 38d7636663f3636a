package quayside.sink.thumbnail;

import java.util.Locale;

/** Why an event asks for no thumbnails: nothing is wrong with it, it is only counted. */
enum SkipReason {
  /** The callback could not be tied to an object. */
  NO_OBJECT,
  /** Neither its type, nor what OSS found out, nor its name says image. */
  NOT_AN_IMAGE,
  /** A drawing, not a picture: browsers scale SVG themselves, and decoding it is a risk. */
  VECTOR_IMAGE,
  /** One of our own thumbnails. */
  OWN_THUMBNAIL,
  /** The object does not exist any more. */
  OBJECT_GONE,
  /** Another content was uploaded since; its own event follows or was here before. */
  STALE;

  /** For logs and metrics, such as {@code object-gone}. */
  String tag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
