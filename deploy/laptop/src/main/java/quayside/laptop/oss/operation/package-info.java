/**
 * The OSS operations, one type each, behind one router that verifies every request's signature
 * first. A replayed upload stores the object again (as OSS does) and performs its callback again.
 */
@NullMarked
package quayside.laptop.oss.operation;

import org.jspecify.annotations.NullMarked;
