package quayside.oss;

/**
 * The bucket as the sinks see it. Implementations are thread-safe and block the calling thread.
 *
 * <p>Every call throws {@link ObjectNotFoundException} when the object (or bucket) does not exist, and
 * {@link ObjectStoreUnavailableException} when OSS cannot be reached, answers 5xx or refuses the credentials: the first
 * is final, the second may pass.
 */
public interface ObjectStore {

  /** What OSS says of an object without its content. */
  ObjectHead head(String bucket, String key) throws ObjectNotFoundException, ObjectStoreUnavailableException;

  /**
   * Reads a whole object into memory.
   *
   * @param maxBytes refuses larger objects before reading their content
   * @throws ObjectTooLargeException when the object has more bytes
   */
  StoredObject get(String bucket, String key, long maxBytes)
      throws ObjectNotFoundException, ObjectTooLargeException, ObjectStoreUnavailableException;

  /** Writes an object, replacing any other under the key. */
  void put(String bucket, String key, String mimeType, byte[] content)
      throws ObjectNotFoundException, ObjectStoreUnavailableException;
}
