/**
 * Objects on disk. Content lies in files of random name, and a record per object (in a file named
 * by the hash of its key, so that no key can escape the directory) says which content is current.
 * Replacing that record by rename is the one commit point: a reader sees the old object or the new
 * one, before and after a crash.
 */
@NullMarked
package quayside.laptop.oss.store;

import org.jspecify.annotations.NullMarked;
