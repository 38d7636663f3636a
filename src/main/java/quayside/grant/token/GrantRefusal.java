package quayside.grant.token;

import java.util.Locale;

/**
 * Why a grant token does not cover an upload. The code is stable: answers, logs and metrics carry
 * it.
 */
public enum GrantRefusal {
  /** Not a token, or one of a version we do not know. */
  MALFORMED("The grant token is not readable."),
  /** Signed with a key that is not, or no longer, in force. */
  UNKNOWN_KEY("The grant token names a key that is not known."),
  /** Not signed by us, or changed. */
  SIGNATURE("The grant token was not made by this service."),
  /** Too late. */
  EXPIRED("The grant has expired."),
  /** For another bucket. */
  BUCKET("The grant is for another bucket."),
  /**
   * For another object, or the callback does not say which object under the granted prefix it is
   * about.
   */
  KEY("The grant is for another object."),
  /** The object is larger, or the callback does not say how large it is. */
  SIZE("The object is larger than granted."),
  /** The object is something else, or the callback does not say what it is. */
  CONTENT_TYPE("The object's content type is not granted."),
  /** Used before, for another upload. */
  REPLAYED("The grant has been used for another upload.");

  private final String detail;

  GrantRefusal(String detail) {
    this.detail = detail;
  }

  /** The stable code, such as {@code grant-expired}. */
  public String code() {
    return "grant-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A sentence for the caller; says nothing about the token's content. */
  public String detail() {
    return detail;
  }
}
