/**
 * Signs OSS uploads in advance: presigned URLs of PutObject and of the requests of a multipart
 * upload, and PostObject policies; signature versions V4 and V1. Plain values in, plain values out;
 * no network, no framework. Checked against the signatures that Alibaba publishes and against the
 * output of its own SDK.
 */
@NullMarked
package quayside.grant.signature;

import org.jspecify.annotations.NullMarked;
