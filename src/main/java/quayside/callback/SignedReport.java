package quayside.callback;

import org.jspecify.annotations.Nullable;
import quayside.grant.token.ReportedUpload;

/**
 * What the signed body says about the upload and its permission, each value read once: the grant is
 * checked against the very values that are published. Used by one thread.
 *
 * @param token the grant token; null when there is none, empty when there is something unusable
 * @param requestId null when the body does not carry a usable one
 * @param upload what was uploaded; null where the body does not say
 * @param namesBucket whether the body says something about the bucket, usable or not
 * @param namesKey likewise about the object key
 * @param rest all that was not read yet; without the token
 */
record SignedReport(
    @Nullable String token,
    @Nullable String requestId,
    ReportedUpload upload,
    boolean namesBucket,
    boolean namesKey,
    FieldPicker rest) {

  static SignedReport of(CallbackBody body, CallbackConfig.Fields names) {
    FieldPicker fields = new FieldPicker(body);
    String token = fields.takeSecret(names.grant());
    String requestId = fields.take(names.requestId(), OssValues::requestId);
    boolean namesBucket = fields.namesAny(names.bucket());
    String bucket = fields.take(names.bucket(), OssValues::bucket);
    boolean namesKey = fields.namesAny(names.object());
    String key = fields.take(names.object(), OssValues::key);
    Long size = fields.take(names.size(), OssValues::size);
    String contentType = fields.take(names.mimeType(), OssValues::text);
    ReportedUpload upload = new ReportedUpload(bucket, key, size, contentType);
    return new SignedReport(token, requestId, upload, namesBucket, namesKey, fields);
  }

  /** The token must not be shown. */
  @Override
  public String toString() {
    return "SignedReport[requestId=" + requestId + ", upload=" + upload + "]";
  }
}
