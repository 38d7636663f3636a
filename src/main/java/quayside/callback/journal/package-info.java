/**
 * The ingress's local journal: where an event waits, fsynced, while Kafka is away. An append-only
 * log in numbered segments; one writer thread with group fsync; one drainer that publishes in order
 * and deletes what is published.
 *
 * <p><b>Guarantee.</b> A completed {@link quayside.callback.journal.Journal#append append} survives
 * {@code kill -9} and power loss and is published at least once, in order per key. A refused one
 * ({@link quayside.callback.journal.JournalRefusedException}) is not kept; only a crash, or a disk
 * that fails twice running, can make one come back, which the event id makes harmless downstream.
 * Nothing is ever dropped: not for age, not for size, not for damage (what cannot be read is passed
 * over, counted, and its segment kept as {@code *.corrupt}).
 *
 * <p><b>Files</b> (mode 600), all integers big-endian: {@code <number>-<first sequence>.journal}
 * are segments, a {@link quayside.callback.journal.SegmentHeader} then {@link
 * quayside.callback.journal.FrameHeader frames} with a {@link quayside.callback.journal.RecordCodec
 * record} each; {@code cursor} tells up to where all is published; {@code lock} is held while the
 * journal is open; {@code *.corrupt} and {@code *.rejected} wait for a human and count for no
 * limit.
 *
 * <p><b>Why our own.</b> No maintained library does all of this on a plain JDK 25 and in a native
 * image. Chronicle Queue maps memory through JDK internals that need opening by command-line flags;
 * Tape relies on a file system that writes blocks atomically, and its last release is a beta;
 * Journal.IO has checksums and batches but is not maintained; MapDB is a map, not a log; the
 * ActiveMQ Artemis journal is well kept but made for its broker (pre-filled files, delete records,
 * compaction); SQLite and RocksDB bring native libraries. Needed here are an append, an fsync, a
 * scan and a delete.
 */
@NullMarked
package quayside.callback.journal;

import org.jspecify.annotations.NullMarked;
