package quayside.sink.thumbnail;

import java.io.InputStream;
import java.lang.foreign.Arena;
import java.util.Map;
import quayside.oss.InMemoryObjectStore;
import quayside.oss.ObjectHead;
import quayside.oss.ObjectNotFoundException;
import quayside.oss.ObjectPage;
import quayside.oss.ObjectRefusedException;
import quayside.oss.ObjectStore;
import quayside.oss.ObjectStoreUnavailableException;
import quayside.oss.ObjectTooLargeException;
import quayside.oss.StoredObject;

/** A bucket whose objects are replaced by somebody just before they are read. */
record ReplacedBeforeRead(InMemoryObjectStore store, byte[] replacement) implements ObjectStore {

  @Override
  public ObjectHead head(String bucket, String key)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    return store.head(bucket, key);
  }

  @Override
  public StoredObject get(String bucket, String key, long maxBytes, Arena arena)
      throws ObjectNotFoundException,
          ObjectRefusedException,
          ObjectTooLargeException,
          ObjectStoreUnavailableException {
    store.put(bucket, key, "image/jpeg", Map.of(), replacement);
    return store.get(bucket, key, maxBytes, arena);
  }

  @Override
  public void put(
      String bucket, String key, String mimeType, Map<String, String> metadata, byte[] content)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    store.put(bucket, key, mimeType, metadata, content);
  }

  @Override
  public InputStream open(String bucket, String key)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    return store.open(bucket, key);
  }

  @Override
  public ObjectPage list(String bucket, String prefix, String after, int limit)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    return store.list(bucket, prefix, after, limit);
  }
}
