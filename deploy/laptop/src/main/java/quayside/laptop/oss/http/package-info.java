/**
 * The stand-in's HTTP edge: a loopback HTTP/1.1 server on virtual threads, requests with their raw
 * target kept, bucket and key addressing, and OSS-style answers. Knows nothing of objects,
 * signatures or callbacks.
 */
@NullMarked
package quayside.laptop.oss.http;

import org.jspecify.annotations.NullMarked;
