package quayside.grant;

/**
 * Who asks, authenticated.
 *
 * @param subject the name it is known by
 * @param delegate whether it may ask in the name of others
 */
record Caller(String subject, boolean delegate) {}
