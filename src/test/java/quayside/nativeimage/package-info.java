/**
 * What a native ingress needs, looked at without building one: our own classes, and what the
 * framework's augmentation would hand to the builder.
 */
@NullMarked
package quayside.nativeimage;

import org.jspecify.annotations.NullMarked;
