package quayside.sink.thumbnail.worker;

/** libvips refused an operation; the message is its own. */
final class VipsException extends Exception {
  private static final long serialVersionUID = 1L;

  VipsException(String message) {
    super(message);
  }
}
