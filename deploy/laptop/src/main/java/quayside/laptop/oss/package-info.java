/**
 * A stand-in for Alibaba Cloud OSS on this machine, because the real service cannot reach a laptop:
 * objects, both signature versions, and upload callbacks signed and sent as the service does.
 * {@code OSS-STAND-IN.md} says what it has, what it has not, and where it had to guess.
 */
@NullMarked
package quayside.laptop.oss;

import org.jspecify.annotations.NullMarked;
