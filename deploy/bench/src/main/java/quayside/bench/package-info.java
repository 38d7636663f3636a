/**
 * Measures Quayside: real processes on loopback, each figure beside a baseline of the same run, the
 * two in turns, so that a noisy machine disturbs both alike. {@link quayside.bench.Bench} is where
 * it starts; a {@code *Suite} measures one part; {@code load} makes the load, {@code report} writes
 * the figures down.
 */
@NullMarked
package quayside.bench;

import org.jspecify.annotations.NullMarked;
