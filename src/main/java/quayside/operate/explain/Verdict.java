package quayside.operate.explain;

import java.util.Locale;

/** What can be said of a captured callback. The code is stable. */
enum Verdict {
  VERIFIES("The signature verifies: OSS sent exactly this request."),
  VERIFIES_BUT_REFUSED(
      "The signature verifies, but the request target is refused all the same: OSS may have sent"
          + " this string to another one."),
  ACCIDENT_FOUND("OSS signed this callback, and it was changed on its way. Found out how."),
  SIGNED_OTHERWISE(
      "OSS signed another string than the one this request gives, and no known accident explains"
          + " the difference."),
  NOT_SIGNED_BY_TRUSTED_KEY(
      "No trusted key made this signature: it was not sent by OSS, or the Authorization header was"
          + " changed."),
  SIGNATURE_UNUSABLE("There is no signature that could be checked.");

  private final String summary;

  Verdict(String summary) {
    this.summary = summary;
  }

  /** Such as {@code accident-found}. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String summary() {
    return summary;
  }
}
