/**
 * {@code make demo}: uploads sample files as an application would, with the Alibaba SDKs, and shows
 * what became of each.
 */
@NullMarked
package quayside.laptop.demo;

import org.jspecify.annotations.NullMarked;
