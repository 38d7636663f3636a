package quayside.callback;

import quayside.signature.Bytes;
import quayside.signature.RequestTarget;

/**
 * A request that claims to be a callback, exactly as it was received. Nothing in it can be relied
 * on.
 *
 * @param target the request target
 * @param headers the headers of interest
 * @param body the raw body
 */
record UnverifiedCallback(RequestTarget target, CallbackHeaders headers, Bytes body) {}
