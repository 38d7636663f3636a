package quayside.sink.catalog;

import jakarta.persistence.Embeddable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What makes two rows the same object.
 *
 * @param bucket bucket name
 * @param key object key, decoded
 */
@Embeddable
public record ObjectName(String bucket, String key) {
  /** Key of the records about it: bucket and key with a slash between them. */
  public String recordKey() {
    return bucket + "/" + key;
  }

  /** The object that a record key names; empty when it names none. */
  public static Optional<ObjectName> ofRecordKey(@Nullable String recordKey) {
    int slash = recordKey == null ? -1 : recordKey.indexOf('/');
    return recordKey == null || slash < 1 || slash == recordKey.length() - 1
        ? Optional.empty()
        : Optional.of(
            new ObjectName(recordKey.substring(0, slash), recordKey.substring(slash + 1)));
  }

  /**
   * True when a row can have this name. The events of other objects are dead letters of the
   * catalog.
   */
  public boolean isStorable() {
    return FencedTable.fitsBucket(bucket) && FencedTable.fitsKey(key);
  }
}
