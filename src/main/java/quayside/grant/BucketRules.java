package quayside.grant;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What may be uploaded to one bucket.
 *
 * @param prefixes beginnings of keys; {@code *} allows every key, <code>{subject}</code> stands for
 *     the grant's subject
 * @param maxSizeBytes largest object
 */
record BucketRules(List<String> prefixes, long maxSizeBytes) {
  private static final String SUBJECT = "{subject}";
  private static final String EVERY_KEY = "*";

  // No separators, so that nobody's name reaches into somebody else's keys.
  private static final Pattern KEY_PART = Pattern.compile("[A-Za-z0-9_@:|=~-][A-Za-z0-9_@:|=~.-]*");

  BucketRules {
    prefixes = List.copyOf(prefixes);
    if (prefixes.isEmpty()) {
      throw new IllegalArgumentException("prefixes must not be empty; * allows every key");
    }
    for (String prefix : prefixes) {
      int subject = prefix.indexOf(SUBJECT);
      if (subject >= 0 && !prefix.startsWith("/", subject + SUBJECT.length())) {
        throw new IllegalArgumentException(
            "prefix " + prefix + " must have a slash after " + SUBJECT);
      }
    }
    if (maxSizeBytes < 1) {
      throw new IllegalArgumentException("max-size " + maxSizeBytes + " must be at least 1");
    }
  }

  /** Whether keys that begin so may be granted to the subject. */
  boolean allow(String beginningOfKey, String subject) {
    return prefixes.stream().anyMatch(prefix -> allow(prefix, beginningOfKey, subject));
  }

  private static boolean allow(String prefix, String beginningOfKey, String subject) {
    if (prefix.equals(EVERY_KEY)) {
      return true;
    }
    if (!prefix.contains(SUBJECT)) {
      return beginningOfKey.startsWith(prefix);
    }
    return KEY_PART.matcher(subject).matches()
        && beginningOfKey.startsWith(prefix.replace(SUBJECT, subject));
  }
}
