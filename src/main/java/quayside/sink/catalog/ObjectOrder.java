package quayside.sink.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The orders in which the catalog lists objects; each is the order of an index, also within one
 * bucket.
 */
enum ObjectOrder {
  /** Latest upload first. An object uploaded again during a walk moves to its front. */
  NEWEST(
      "(uploaded_at, bucket, key) < (:uploadedAfter, :bucketAfter, :keyAfter)",
      "(uploaded_at, key) < (:uploadedAfter, :keyAfter)",
      "uploaded_at desc, bucket desc, key desc"),
  /**
   * By bucket, then key, byte by byte, as OSS lists. A walk sees every object that exists
   * throughout exactly once.
   */
  KEY("(bucket, key) > (:bucketAfter, :keyAfter)", "key > :keyAfter", "bucket, key");

  private final String after;
  private final String afterInBucket;
  private final String orderBy;

  ObjectOrder(String after, String afterInBucket, String orderBy) {
    this.after = after;
    this.afterInBucket = afterInBucket;
    this.orderBy = orderBy;
  }

  /** SQL condition for the rows after a {@link ListCursor}. */
  String after() {
    return after;
  }

  /**
   * As {@link #after()}, when all rows are of the cursor's bucket: only then it fits the index that
   * begins with it.
   */
  String afterInBucket() {
    return afterInBucket;
  }

  /** SQL order. */
  String orderBy() {
    return orderBy;
  }

  /** The value of the {@code order} parameter. */
  String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The order with this parameter value, if there is one. */
  static Optional<ObjectOrder> ofValue(String value) {
    return Arrays.stream(values()).filter(order -> order.value().equals(value)).findFirst();
  }
}
