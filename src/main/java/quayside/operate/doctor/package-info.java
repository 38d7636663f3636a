/**
 * What commonly breaks a deployment, checked from outside: the endpoint as OSS meets it (TLS
 * without SNI, redirects, HTTP/1.0, path, time), the topics with the rights on them, the bucket.
 * Each {@link quayside.operate.doctor.Check} gives findings that say what was seen and what to do.
 * Nothing is written anywhere; the endpoint refuses the probes as forged callbacks and counts them
 * so.
 *
 * <p>Checks that need a part which not every build has come as {@link
 * quayside.operate.doctor.CheckSource} services; a build without them says so and runs the rest.
 */
@NullMarked
package quayside.operate.doctor;

import org.jspecify.annotations.NullMarked;
