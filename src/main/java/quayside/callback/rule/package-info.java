/**
 * Rules about what callbacks may report: which buckets, and for each bucket which keys, owners,
 * sizes and content types. A rule only ever takes away: what breaks it is refused or marked, and
 * meeting it makes nothing more trustworthy. {@link quayside.callback.rule.BucketRules} is compiled
 * from {@link quayside.callback.rule.BucketRulesConfig} once, when the service starts.
 *
 * <p>What a rule can prove depends on where the fact comes from. Bucket, key, size and content type
 * are read from the signed body: at level {@code grant} they are what was granted, at level {@code
 * signature} they are the claim of whoever wrote the callback template, who can be any customer of
 * OSS. The owner, and the bucket where body and grant are silent, come from unsigned headers, which
 * anybody can choose who does not come through OSS. So at level {@code signature} rules keep
 * mistakes and other tenants' traffic out, not forgers. A fact the callback does not report breaks
 * every rule about it.
 */
@NullMarked
package quayside.callback.rule;

import org.jspecify.annotations.NullMarked;
