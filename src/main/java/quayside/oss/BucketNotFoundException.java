package quayside.oss;

/**
 * There is no such bucket, for these credentials at this endpoint. Told apart from an object that
 * is gone: a wrong endpoint is more likely than that all objects of a bucket were deleted.
 */
public final class BucketNotFoundException extends ObjectNotFoundException {
  private static final long serialVersionUID = 1L;

  /** With a message that names the bucket. */
  public BucketNotFoundException(String message) {
    super(message);
  }

  /** As above, with what the SDK said. */
  public BucketNotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
