package quayside.oss;

import com.aliyun.sdk.service.oss2.exceptions.CredentialsException;
import com.aliyun.sdk.service.oss2.exceptions.CredentialsFetchException;
import com.aliyun.sdk.service.oss2.exceptions.ServiceException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what the SDK throws into the exceptions of {@link ObjectStore}. What concerns one object
 * must not look like an outage: anybody with a bucket can have OSS send callbacks about it, and a
 * sink that waited for permission to read it would wait for ever.
 *
 * @see <a href="https://www.alibabacloud.com/help/en/oss/developer-reference/error-responses">OSS
 *     error responses</a>
 */
final class OssErrors {
  /** Codes of status 403 that concern our credentials or clock, and so every object. */
  private static final Set<String> CREDENTIAL_CODES =
      Set.of(
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "RequestTimeTooSkewed",
          "InvalidSecurityToken",
          "SecurityTokenExpired",
          "SecurityTokenNotSupported",
          "UserDisable");

  /** Request timeout and too many requests. */
  private static final Set<Integer> PASSING_STATUS = Set.of(408, 429);

  private OssErrors() {}

  /** Throws what fits; never returns. */
  static RuntimeException translate(RuntimeException thrown, String bucket, String key)
      throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException {
    String object = "bucket=" + bucket + " objectKey=" + key;
    ServiceException answer = causeOf(thrown, ServiceException.class);
    if (answer != null) {
      throw answered(answer, thrown, object);
    }
    if (causeOf(thrown, CredentialsException.class) != null
        || causeOf(thrown, CredentialsFetchException.class) != null) {
      throw new ObjectStoreUnavailableException(
          "no credentials: set quayside.oss.access-key-id and quayside.oss.access-key-secret: "
              + text(thrown),
          thrown);
    }
    throw new ObjectStoreUnavailableException(
        object + ": OSS cannot be reached, check quayside.oss.endpoint: " + text(thrown), thrown);
  }

  private static ObjectStoreUnavailableException answered(
      ServiceException answer, RuntimeException thrown, String object)
      throws ObjectNotFoundException, ObjectRefusedException {
    int status = answer.statusCode();
    String said =
        "%s: OSS answered %d %s %s (request %s)"
            .formatted(
                object, status, answer.errorCode(), answer.errorMessage(), answer.requestId());
    if (status == 404 && "NoSuchBucket".equals(answer.errorCode())) {
      throw new BucketNotFoundException(
          said + ": check the bucket's name and quayside.oss.region, endpoint", thrown);
    }
    if (status == 404) {
      throw new ObjectNotFoundException(said, thrown);
    }
    if (CREDENTIAL_CODES.contains(String.valueOf(answer.errorCode()))) {
      return new ObjectStoreUnavailableException(
          said
              + ": check quayside.oss.access-key-id, access-key-secret, region and this machine's clock",
          thrown);
    }
    if (status >= 400 && status < 500 && !PASSING_STATUS.contains(status)) {
      throw new ObjectRefusedException(
          said
              + ": check the bucket's policy, the RAM policy of the access key and the endpoint's region",
          thrown);
    }
    return new ObjectStoreUnavailableException(said, thrown);
  }

  private static String text(Throwable thrown) {
    Throwable last = thrown;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage() == null ? last : last.getMessage());
  }

  private static <T extends Throwable> @Nullable T causeOf(Throwable thrown, Class<T> type) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
