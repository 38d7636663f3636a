package quayside.signature;

import java.util.Locale;

/** Why a request is not a callback that OSS signed. The code is stable. */
public enum SignatureRefusal {
  // The request target
  TARGET_NOT_ORIGIN_FORM,
  TARGET_NOT_PRINTABLE,
  TARGET_BAD_ESCAPE,
  TARGET_AMBIGUOUS,

  // The headers
  AUTHORIZATION_MISSING,
  AUTHORIZATION_REPEATED,
  PUB_KEY_URL_MISSING,
  PUB_KEY_URL_REPEATED,
  PUB_KEY_URL_NOT_BASE64,
  KEY_UNKNOWN,
  SIGNATURE_VERSION_REPEATED,
  SIGNATURE_VERSION_UNSUPPORTED,

  // The signature itself
  SIGNATURE_NOT_BASE64,
  SIGNATURE_WRONG_LENGTH,
  SIGNATURE_MISMATCH;

  /** Such as {@code signature-mismatch}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
