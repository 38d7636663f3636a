package quayside.laptop.oss.callback;

import quayside.laptop.oss.store.StoredObject;

/**
 * A finished upload, as a callback sees it.
 *
 * @param object what was stored
 * @param operation {@code PutObject}, {@code PostObject} or {@code CompleteMultipartUpload}
 * @param requestId id of the upload request
 * @param clientIp the uploader's address
 */
public record Upload(StoredObject object, String operation, String requestId, String clientIp) {}
