package quayside.oss;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.exceptions.ServiceException;
import com.aliyun.sdk.service.oss2.models.HeadObjectRequest;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a bucket may be read and written, without changing it. Blocks the calling
 * thread; to be closed.
 */
public final class BucketProbe implements AutoCloseable {
  static final String KEY = "quayside-doctor-probe";

  /** The MD5 of nothing, in Base64: never that of what is sent. */
  private static final String WRONG_MD5 = "1B2M2Y8AsgTpgAmy7PhCfg==";

  private static final String NO_KEY = "NoSuchKey";
  private static final String WRONG_DIGEST = "InvalidDigest";

  private final OSSClient client;

  private BucketProbe(OSSClient client) {
    this.client = client;
  }

  /**
   * Opens a client.
   *
   * @throws IllegalArgumentException when the configuration contradicts itself
   */
  public static BucketProbe open(OssConfig config) {
    return new BucketProbe(ObjectStores.client(config));
  }

  /**
   * Asks for an object that does not exist: OSS says so only to those who may read. Throws as
   * {@link ObjectStore} does otherwise; a missing bucket is an {@link ObjectNotFoundException}.
   */
  public void read(String bucket)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    try {
      client.headObject(HeadObjectRequest.newBuilder().bucket(bucket).key(KEY).build());
    } catch (RuntimeException e) {
      if (!NO_KEY.equals(code(e))) {
        throw OssErrors.translate(e, bucket, KEY);
      }
    }
  }

  /**
   * Sends an object with a wrong Content-MD5, which OSS does not store: it complains of the digest
   * to those who may write, and of the right to others.
   */
  public void write(String bucket)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    try {
      client.putObject(
          PutObjectRequest.newBuilder()
              .bucket(bucket)
              .key(KEY)
              .contentMd5(WRONG_MD5)
              .body(BinaryData.fromString("never stored"))
              .build());
    } catch (RuntimeException e) {
      if (!WRONG_DIGEST.equals(code(e))) {
        throw OssErrors.translate(e, bucket, KEY);
      }
    }
  }

  private static @Nullable String code(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ServiceException answer) {
        return answer.errorCode();
      }
    }
    return null;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException("the OSS client does not close", e);
    }
  }
}
