/**
 * Upload grants: {@code POST /api/grants} gives a client the permission for one upload straight to
 * OSS, as a PostObject form, a presigned PutObject URL, or the URLs of a multipart upload. Bucket,
 * key, size, content type, callback and every custom variable are pinned; the callback carries a
 * token of ours, by which the ingress knows the upload was allowed.
 *
 * <p>From request to answer: {@link quayside.grant.GrantRules} decides, {@link
 * quayside.grant.token} makes the token, {@link quayside.grant.template} the callback, {@link
 * quayside.grant.signature} the signature; {@link quayside.grant.access} knows who asks. The
 * ingress uses {@link quayside.grant.token.GrantVerifier} and {@link
 * quayside.grant.token.UsedGrants}.
 */
@NullMarked
package quayside.grant;

import org.jspecify.annotations.NullMarked;
