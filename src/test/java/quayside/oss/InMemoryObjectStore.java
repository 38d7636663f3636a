package quayside.oss;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A bucket for unit tests that keeps {@link ObjectStore}'s contract, remembers what was asked, and
 * fails on request.
 */
public final class InMemoryObjectStore implements ObjectStore {
  private final Map<String, Stored> objects = new ConcurrentHashMap<>();
  private final List<String> buckets;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile @Nullable ObjectStoreUnavailableException outage;
  private volatile @Nullable ObjectRefusedException refusal;

  private record Stored(ObjectHead head, byte[] content) {}

  public InMemoryObjectStore(String... buckets) {
    this.buckets = List.of(buckets);
  }

  @Override
  public ObjectHead head(String bucket, String key)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    begin("HEAD", bucket, key);
    return stored(bucket, key).head();
  }

  @Override
  public StoredObject get(String bucket, String key, long maxBytes, Arena arena)
      throws ObjectNotFoundException,
          ObjectRefusedException,
          ObjectTooLargeException,
          ObjectStoreUnavailableException {
    begin("GET", bucket, key);
    Stored stored = stored(bucket, key);
    if (stored.content().length > maxBytes) {
      throw new ObjectTooLargeException("bucket=" + bucket + " objectKey=" + key);
    }
    return new StoredObject(stored.head(), MemorySegment.ofArray(stored.content().clone()));
  }

  @Override
  public void put(
      String bucket, String key, String mimeType, Map<String, String> metadata, byte[] content)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    begin("PUT", bucket, key);
    ObjectHead head =
        new ObjectHead(etag(content), content.length, mimeType, Instant.EPOCH, metadata);
    objects.put(bucket + "/" + key, new Stored(head, content.clone()));
  }

  @Override
  public InputStream open(String bucket, String key)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    begin("OPEN", bucket, key);
    return new ByteArrayInputStream(stored(bucket, key).content());
  }

  @Override
  public ObjectPage list(String bucket, String prefix, String after, int limit)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    begin("LIST", bucket, prefix);
    List<ListedObject> rest =
        objects.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(bucket + "/" + prefix))
            .map(entry -> listed(entry.getKey().substring(bucket.length() + 1), entry.getValue()))
            .filter(object -> Keys.ORDER.compare(object.key(), after) > 0)
            .sorted(Comparator.comparing(ListedObject::key, Keys.ORDER))
            .toList();
    int count = Math.min(limit, rest.size());
    return new ObjectPage(rest.subList(0, count), count == rest.size());
  }

  private static ListedObject listed(String key, Stored stored) {
    ObjectHead head = stored.head();
    return new ListedObject(key, head.etag(), head.size(), head.lastModified());
  }

  /** Everything asked so far, such as {@code GET uploads/a.jpg}. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  public void forgetCalls() {
    calls.clear();
  }

  public void delete(String bucket, String key) {
    objects.remove(bucket + "/" + key);
  }

  /** Every call fails from now on; null ends it. */
  public void failWith(@Nullable ObjectStoreUnavailableException failure) {
    outage = failure;
  }

  /** Every call is refused from now on. */
  public void refuseWith(ObjectRefusedException failure) {
    refusal = failure;
  }

  private void begin(String verb, String bucket, String key)
      throws ObjectNotFoundException, ObjectStoreUnavailableException, ObjectRefusedException {
    calls.add(verb + " " + bucket + "/" + key);
    if (outage != null) {
      throw outage;
    }
    if (refusal != null) {
      throw refusal;
    }
    if (!buckets.contains(bucket)) {
      throw new BucketNotFoundException("bucket=" + bucket);
    }
  }

  private Stored stored(String bucket, String key) throws ObjectNotFoundException {
    Stored stored = objects.get(bucket + "/" + key);
    if (stored == null) {
      throw new ObjectNotFoundException("bucket=" + bucket + " objectKey=" + key);
    }
    return stored;
  }

  /** As OSS computes it for a simple upload. */
  public static String etag(byte[] content) {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
