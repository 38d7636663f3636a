/**
 * The grant token: a short text, signed by us, that travels through OSS inside a callback body and
 * proves that we allowed this very upload. {@link quayside.grant.token.GrantTokens} makes one,
 * {@link quayside.grant.token.GrantVerifier} checks one against what a callback reports, {@link
 * quayside.grant.token.UsedGrants} lets each be used for one upload only.
 *
 * <p>A token: {@code q1.<key id>.<payload>.<mac>}, payload and mac in unpadded base64url, the mac
 * being HMAC-SHA256 over all text before its dot. It needs no escaping in a URL, a form body or a
 * JSON string.
 */
@NullMarked
package quayside.grant.token;

import org.jspecify.annotations.NullMarked;
