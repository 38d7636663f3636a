/** What routes on the management port have in common that begin something in the background. */
@NullMarked
package quayside.operate.task.service;

import org.jspecify.annotations.NullMarked;
