/**
 * The upload callback as the OSS service performs it (protocol document, section 1): reading the
 * callback parameter and refusing bad ones, writing the template's variables into the body,
 * signing, sending over a connection of its own, and judging the answer. Where the real service's
 * behaviour is not known, {@code OSS-STAND-IN.md} says what was chosen.
 */
@NullMarked
package quayside.laptop.oss.callback;

import org.jspecify.annotations.NullMarked;
