/**
 * Whether a service is well, asked from the command line: what a container's health check runs,
 * since the images have neither a shell nor a program that speaks HTTP. Depends on nothing of ours.
 */
@NullMarked
package quayside.operate.health;

import org.jspecify.annotations.NullMarked;
