/**
 * Dead letters for operators: list them, look into one, move them back. {@link
 * quayside.operate.redrive.RedriveCommand} is the command line; it asks the management port of a
 * running service, where {@code service} does the work, and so needs neither Kafka nor a database.
 */
@NullMarked
package quayside.operate.redrive;

import org.jspecify.annotations.NullMarked;
