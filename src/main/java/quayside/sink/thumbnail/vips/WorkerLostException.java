package quayside.sink.thumbnail.vips;

/** A worker process ended, or said something that is not the protocol, while it had an image. */
final class WorkerLostException extends Exception {
  private static final long serialVersionUID = 1L;

  WorkerLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
