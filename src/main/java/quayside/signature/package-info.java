/**
 * How OSS signs a callback: what is signed ({@link quayside.signature.StringToSign}), with which
 * keys ({@link quayside.signature.KeyRing}), how it is verified ({@link
 * quayside.signature.SignatureCheck}). Shared by the edge, which admits by it, and by the tools
 * that explain its refusals, so that both judge alike. The keys are pinned and parsed once; nothing
 * here uses the network.
 */
@NullMarked
package quayside.signature;

import org.jspecify.annotations.NullMarked;
