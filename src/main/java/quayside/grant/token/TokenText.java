package quayside.grant.token;

import java.util.regex.Pattern;

/** Finds tokens in other text, to keep them out of what is published. Stateless. */
public final class TokenText {
  private static final String BEGINNING = UnverifiedToken.VERSION + ".";

  // The smallest grant has 42 bytes, 56 characters; a token that was cut short is found too, while
  // enough of it is left to be of any use.
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\Q" + BEGINNING + "\\E[A-Za-z0-9_-]{1,32}+\\.[A-Za-z0-9_-]{40}[A-Za-z0-9._-]*+");

  private TokenText() {}

  /** The text with {@code [grant]} in place of every token. */
  public static String redact(String text) {
    return text.contains(BEGINNING) ? TOKEN.matcher(text).replaceAll("[grant]") : text;
  }
}
