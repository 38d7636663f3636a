package quayside.callback;

import java.util.Locale;
import quayside.callback.rule.RuleKind;
import quayside.grant.token.GrantRefusal;
import quayside.signature.SignatureRefusal;

/**
 * Why a callback was not published. The code is stable: it is in the answer, in the log and a
 * metric tag. Status, title and detail are all the caller learns; they are constants, so nothing of
 * the request or of our state leaks.
 */
enum RefusalReason {
  // The request line
  UNKNOWN_PATH(404, false, "No callback here", "No callback is received under this path."),
  METHOD_NOT_ALLOWED(405, false, "Method not allowed", "Callbacks are sent with POST."),
  TARGET_NOT_ORIGIN_FORM(
      400, true, "Bad request target", "The request target must be a path with an optional query."),
  TARGET_NOT_PRINTABLE(
      400,
      true,
      "Bad request target",
      "The request target must consist of printable ASCII characters."),
  TARGET_BAD_ESCAPE(
      400,
      true,
      "Bad request target",
      "A percent sign in the path must be followed by two hexadecimal digits."),
  TARGET_AMBIGUOUS(
      400,
      true,
      "Ambiguous request target",
      "The path must not contain encoded separators or control characters."),

  // The body
  BODY_TOO_LARGE(413, true, "Body too large", "The body has more bytes than are accepted."),
  BODY_TIMEOUT(408, true, "Body too slow", "The body did not arrive in time."),
  BODY_INCOMPLETE(400, true, "Body incomplete", "The connection ended before the body did."),

  // The signature
  AUTHORIZATION_MISSING(400, false, "Not signed", "The Authorization header is missing."),
  AUTHORIZATION_REPEATED(
      400, true, "Signed twice", "The Authorization header occurs more than once."),
  PUB_KEY_URL_MISSING(400, false, "Key not named", "The x-oss-pub-key-url header is missing."),
  PUB_KEY_URL_REPEATED(
      400, true, "Key named twice", "The x-oss-pub-key-url header occurs more than once."),
  PUB_KEY_URL_NOT_BASE64(
      400, true, "Key not readable", "The x-oss-pub-key-url header is not Base64."),
  KEY_UNKNOWN(
      403, true, "Key not trusted", "The public key named by x-oss-pub-key-url is not trusted."),
  SIGNATURE_VERSION_REPEATED(
      400,
      true,
      "Version named twice",
      "The x-oss-signature-version header occurs more than once."),
  SIGNATURE_VERSION_UNSUPPORTED(
      400,
      true,
      "Version not supported",
      "The x-oss-signature-version header must be absent or 1.0."),
  SIGNATURE_NOT_BASE64(
      400, true, "Signature not readable", "The Authorization header is not Base64."),
  SIGNATURE_WRONG_LENGTH(
      403, true, "Signature not valid", "The signature does not have the length of the key."),
  SIGNATURE_MISMATCH(403, true, "Signature not valid", "The signature does not match the request."),

  // The content
  BUCKET_NOT_ALLOWED(403, true, "Bucket not allowed", "Callbacks of this bucket are not accepted."),

  KEY_NOT_ALLOWED(403, true, "Key not allowed", "Callbacks of this object key are not accepted."),
  OWNER_NOT_ALLOWED(
      403, true, "Owner not allowed", "Callbacks of buckets of this owner are not accepted."),
  SIZE_NOT_ALLOWED(
      403, true, "Size not allowed", "Callbacks of objects of this size are not accepted."),
  TYPE_NOT_ALLOWED(
      403, true, "Type not allowed", "Callbacks of this content type are not accepted."),

  // The grant
  GRANT_REQUIRED(403, true, "Grant required", "Only callbacks with a grant token are accepted."),
  GRANT_MALFORMED(GrantRefusal.MALFORMED),
  GRANT_UNKNOWN_KEY(GrantRefusal.UNKNOWN_KEY),
  GRANT_SIGNATURE(GrantRefusal.SIGNATURE),
  GRANT_EXPIRED(GrantRefusal.EXPIRED),
  GRANT_BUCKET(GrantRefusal.BUCKET),
  GRANT_KEY(GrantRefusal.KEY),
  GRANT_SIZE(GrantRefusal.SIZE),
  GRANT_CONTENT_TYPE(GrantRefusal.CONTENT_TYPE),
  GRANT_REPLAYED(GrantRefusal.REPLAYED),

  // Our own failures: the callback was good
  OVERLOADED(
      503,
      true,
      "Overloaded",
      "Too many callbacks are being processed; the upload was not recorded."),
  NOT_DURABLE(503, true, "Not recorded", "The upload could not be recorded durably."),
  INTERNAL_ERROR(500, true, "Internal error", "The callback could not be processed.");

  private final int status;
  private final boolean warn;
  private final String title;
  private final String detail;

  RefusalReason(int status, boolean warn, String title, String detail) {
    this.status = status;
    this.warn = warn;
    this.title = title;
    this.detail = detail;
  }

  RefusalReason(GrantRefusal refusal) {
    this(403, true, "Grant not valid", refusal.detail());
  }

  /** The reason for which a grant token is refused. */
  static RefusalReason of(GrantRefusal refusal) {
    return switch (refusal) {
      case MALFORMED -> GRANT_MALFORMED;
      case UNKNOWN_KEY -> GRANT_UNKNOWN_KEY;
      case SIGNATURE -> GRANT_SIGNATURE;
      case EXPIRED -> GRANT_EXPIRED;
      case BUCKET -> GRANT_BUCKET;
      case KEY -> GRANT_KEY;
      case SIZE -> GRANT_SIZE;
      case CONTENT_TYPE -> GRANT_CONTENT_TYPE;
      case REPLAYED -> GRANT_REPLAYED;
    };
  }

  /** The reason for which a signature is not accepted. */
  static RefusalReason of(SignatureRefusal refusal) {
    return switch (refusal) {
      case TARGET_NOT_ORIGIN_FORM -> TARGET_NOT_ORIGIN_FORM;
      case TARGET_NOT_PRINTABLE -> TARGET_NOT_PRINTABLE;
      case TARGET_BAD_ESCAPE -> TARGET_BAD_ESCAPE;
      case TARGET_AMBIGUOUS -> TARGET_AMBIGUOUS;
      case AUTHORIZATION_MISSING -> AUTHORIZATION_MISSING;
      case AUTHORIZATION_REPEATED -> AUTHORIZATION_REPEATED;
      case PUB_KEY_URL_MISSING -> PUB_KEY_URL_MISSING;
      case PUB_KEY_URL_REPEATED -> PUB_KEY_URL_REPEATED;
      case PUB_KEY_URL_NOT_BASE64 -> PUB_KEY_URL_NOT_BASE64;
      case KEY_UNKNOWN -> KEY_UNKNOWN;
      case SIGNATURE_VERSION_REPEATED -> SIGNATURE_VERSION_REPEATED;
      case SIGNATURE_VERSION_UNSUPPORTED -> SIGNATURE_VERSION_UNSUPPORTED;
      case SIGNATURE_NOT_BASE64 -> SIGNATURE_NOT_BASE64;
      case SIGNATURE_WRONG_LENGTH -> SIGNATURE_WRONG_LENGTH;
      case SIGNATURE_MISMATCH -> SIGNATURE_MISMATCH;
    };
  }

  /** The reason for which a callback that breaks a rule is refused. */
  static RefusalReason of(RuleKind rule) {
    return switch (rule) {
      case BUCKET -> BUCKET_NOT_ALLOWED;
      case KEY -> KEY_NOT_ALLOWED;
      case OWNER -> OWNER_NOT_ALLOWED;
      case SIZE -> SIZE_NOT_ALLOWED;
      case TYPE -> TYPE_NOT_ALLOWED;
    };
  }

  /** The stable code, such as {@code signature-mismatch}. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String detail() {
    return detail;
  }

  /** Whether an operator should see it: not what every scanner of the internet causes. */
  boolean warn() {
    return warn;
  }

  /** Counted as failed, not as refused: the callback was good and we were not. */
  boolean isOurFailure() {
    return status >= 500;
  }
}
