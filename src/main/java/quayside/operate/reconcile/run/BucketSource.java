package quayside.operate.reconcile.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import quayside.oss.ListedObject;

/** What is in a bucket, one object after the other in the order of keys. For one thread. */
interface BucketSource extends AutoCloseable {

  /**
   * The next object, or null after the last one.
   *
   * @throws SourceException when the source cannot be read to its end
   */
  @Nullable ListedObject next() throws SourceException;

  /** Of this time or later; what was written or deleted since may be missing. */
  Instant asOf();

  @Override
  void close();
}
