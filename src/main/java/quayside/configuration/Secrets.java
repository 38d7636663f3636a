package quayside.configuration;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which values must not be shown. Decided by the names of keys, so that a misspelt key hides its
 * value as the right one would.
 */
final class Secrets {
  private static final String MASK = "***";

  /** In the last part of a key, or right under a table of keys. */
  private static final Pattern SECRET =
      Pattern.compile(
          "[^.]*(secret|passw|token|credential|jaas)[^.]*(\\.[^.]*)?$"
              + "|(^|\\.)(private-)?key\"?$"
              + "|(^|\\.)(api-?)?keys?\\.[^.]+$");

  private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/@\\s]*@");

  private Secrets() {}

  /** Whether the values of this key are secret. */
  static boolean isSecret(String key) {
    return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  /** The value as it may be shown. */
  static String mask(String key, String value) {
    return isSecret(key) ? MASK : USER_INFO.matcher(value).replaceAll(MASK + "@");
  }
}
