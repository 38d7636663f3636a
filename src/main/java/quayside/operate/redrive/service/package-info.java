/**
 * Carries out what operators order about dead letters, on the management port and in the console. A
 * dead letter stays where it is; moving it publishes its record on the retry topic of its group,
 * due at once, so no other group sees it. <b>That one record is also the mark that it was
 * moved</b>: it names the dead letter's position, who moved it, when and by which filter. So a
 * crash can lose nothing and leaves nothing half done: a letter is on the retry topic, or it is
 * not. Before moving, the marks are read; two orders at the same instant may still move a letter
 * twice, which the fences of the sinks make harmless.
 */
@NullMarked
package quayside.operate.redrive.service;

import org.jspecify.annotations.NullMarked;
