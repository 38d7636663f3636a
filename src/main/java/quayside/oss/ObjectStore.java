package quayside.oss;

import java.io.InputStream;
import java.lang.foreign.Arena;
import java.util.Map;

/**
 * The bucket as the sinks see it. Implementations are thread-safe and block the calling thread.
 *
 * <p>Every call throws {@link ObjectNotFoundException} when the object (or bucket) does not exist,
 * {@link ObjectRefusedException} when OSS refuses this object, and {@link
 * ObjectStoreUnavailableException} when OSS cannot be reached, answers 5xx or refuses the
 * credentials themselves. The first two are final for the object, the third concerns all objects
 * and may pass.
 */
public interface ObjectStore {

  /** What OSS says of an object without its content. */
  ObjectHead head(String bucket, String key)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException;

  /**
   * Reads a whole object into memory.
   *
   * @param maxBytes refuses larger objects before reading their content
   * @param arena where the content goes: outside of the heap, which would keep room for megabytes
   *     long after they are gone
   * @throws ObjectTooLargeException when the object has more bytes
   */
  StoredObject get(String bucket, String key, long maxBytes, Arena arena)
      throws ObjectNotFoundException,
          ObjectRefusedException,
          ObjectTooLargeException,
          ObjectStoreUnavailableException;

  /**
   * Writes an object, replacing any other under the key.
   *
   * @param metadata user metadata; names in lower case without {@code x-oss-meta-}, values in ASCII
   */
  void put(String bucket, String key, String mimeType, Map<String, String> metadata, byte[] content)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException;

  /**
   * Opens an object for reading it as a stream, however large it is. The caller closes it; reading
   * throws {@code IOException} when the connection breaks.
   */
  InputStream open(String bucket, String key)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException;

  /**
   * Lists objects.
   *
   * @param prefix only keys that begin with it; empty for all
   * @param after only keys after this one; empty for the first page
   * @param limit objects at most, 1 to 1000
   * @throws ObjectNotFoundException when there is no such bucket; an empty one has an empty page
   */
  ObjectPage list(String bucket, String prefix, String after, int limit)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException;
}
