package quayside.grant;

import java.util.Locale;

/** Why no grant is issued. The code is stable: it is in the answer, in the log and a metric tag. */
public enum IssueRefusal {
  /** The request is not readable, or contradicts itself. */
  REQUEST_INVALID(400, "Request not valid"),
  /** OSS would not take a callback parameter of this length. */
  CALLBACK_TOO_LONG(400, "Callback too long"),
  /** The body has more bytes than are accepted. */
  REQUEST_TOO_LARGE(413, "Request too large"),
  /** Nobody, or nobody we know. */
  UNAUTHENTICATED(401, "Not authenticated"),
  /** Uploads to this bucket are not granted. */
  BUCKET_NOT_ALLOWED(403, "Bucket not allowed"),
  /** Uploads under this key are not granted. */
  KEY_NOT_ALLOWED(403, "Key not allowed"),
  /** Larger than granted. */
  SIZE_NOT_ALLOWED(403, "Size not allowed"),
  /** Longer than granted. */
  LIFETIME_NOT_ALLOWED(403, "Lifetime not allowed"),
  /** The caller may not ask in the name of others. */
  SUBJECT_NOT_ALLOWED(403, "Subject not allowed"),
  /** More parts than an upload of this size needs, or than we sign. */
  PARTS_NOT_ALLOWED(403, "Parts not allowed"),
  /** The token of a multipart upload is none that we made. */
  TOKEN_NOT_VALID(403, "Token not valid"),
  /** The grant of a multipart upload has ended. */
  TOKEN_EXPIRED(403, "Token expired"),
  /** The operator has not said who may ask. */
  AUTHENTICATION_NOT_CONFIGURED(503, "Grants not available"),
  /** The operator has not said how to sign. */
  GRANTS_NOT_CONFIGURED(503, "Grants not available");

  private final int status;
  private final String title;

  IssueRefusal(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The stable code, such as {@code bucket-not-allowed}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }
}
