/**
 * Who sent a request, proved: OSS request signatures V1 (HMAC-SHA1) and V4 (HMAC-SHA256), in the
 * header and in the query, and PostObject policies signed either way. The canonical forms are plain
 * functions, checked against published values; nothing here can be switched off.
 */
@NullMarked
package quayside.laptop.oss.signature;

import org.jspecify.annotations.NullMarked;
