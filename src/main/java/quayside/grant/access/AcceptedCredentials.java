package quayside.grant.access;

/**
 * What callers can prove themselves with.
 *
 * @param apiKeys some API key is configured
 * @param bearerTokens a key to verify bearer tokens with is configured
 */
public record AcceptedCredentials(boolean apiKeys, boolean bearerTokens) {
  /** What to do when there are none. */
  public static final String HOW_TO_CONFIGURE =
      "no authentication is configured, so every request is refused: set quayside.grant.api-keys.<name>, or"
          + " mp.jwt.verify.publickey.location for bearer tokens";

  /** Whether nobody can. */
  public boolean none() {
    return !apiKeys && !bearerTokens;
  }
}
