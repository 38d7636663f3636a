/**
 * The vocabulary of the log: which fields a line can have, and how their values are made safe. A
 * line is written with JBoss Logging, its fields as arguments; production renders it as one JSON
 * object with these fields, a terminal as {@code key=value}. Depends on nothing of ours.
 */
@NullMarked
package quayside.log;

import org.jspecify.annotations.NullMarked;
