package quayside.operate.explain;

/** What one explanation may cost. A real callback is far below all of these. */
final class ExplainLimits {
  /** Bytes of a capture: the largest body that can be configured, escaped as JSON, and headers. */
  static final int CAPTURE_BYTES = 2 * 1024 * 1024;

  /** Bytes of the body in it: the most that {@code quayside.callback.max-body-size} may be. */
  static final int BODY_BYTES = 1024 * 1024;

  /** Bytes of a request target: twice what the server accepts. */
  static final int TARGET_LENGTH = 16 * 1024;

  /** Headers of a request. */
  static final int HEADERS = 200;

  /** Captures in one file. */
  static final int CAPTURES = 100;

  /** Hints of one kind. */
  static final int HINTS = 20;

  /** Changed versions of one part (path, query, body). */
  static final int VARIANTS = 5000;

  /** Bytes of all changed versions of one part. */
  static final long VARIANT_BYTES = 16L * 1024 * 1024;

  /** Changed versions of one part that are tried together with those of another. */
  static final int PAIRED_VARIANTS = 200;

  /** Bytes hashed in one search: about a second. */
  static final long HASHED_BYTES = 128L * 1024 * 1024;

  /** Bodies up to this size are taken apart into fields; larger ones are tried as a whole. */
  static final int STRUCTURED_BODY_BYTES = 64 * 1024;

  /** Fields or parameters up to this number are tried in every order: 6! = 720. */
  static final int PERMUTED = 6;

  /** Fields or parameters up to this number are each tried in every other place. */
  static final int MOVED = 30;

  /** Characters of a string to sign that are shown. */
  static final int SHOWN_LENGTH = 4096;

  private ExplainLimits() {}
}
