package quayside.grant;

/**
 * What callers can prove themselves with.
 *
 * @param apiKeys some API key is configured
 * @param bearerTokens a key to verify bearer tokens with is configured
 */
record AcceptedCredentials(boolean apiKeys, boolean bearerTokens) {
  static final String HOW_TO_CONFIGURE =
      "no authentication is configured, so every request is refused: set quayside.grant.api-keys.<name>, or"
          + " mp.jwt.verify.publickey.location for bearer tokens";

  boolean none() {
    return !apiKeys && !bearerTokens;
  }
}
