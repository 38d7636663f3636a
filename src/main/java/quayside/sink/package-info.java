/**
 * The consumers. A sink applies events to one store; what all of them share is here. A batch is
 * read, applied, and only then committed. <b>A dependency that is down</b> pauses the consumer: the
 * same batch is tried again, with back-off, nothing is set aside, and the health check {@code
 * Sinks} says what is waited for. <b>An event that cannot be applied now</b> goes to {@code
 * <topic>.<group>.retry} with the time when it is due, so nothing waits behind it; {@link
 * quayside.sink.RetryConsumer} tries it again. <b>An event that can never be applied</b>, or was
 * tried often enough, goes to {@code <topic>.<group>.dlq} with cause and origin. In a batch each
 * such event affects only itself. Either topic is written before the offset is committed: a crash
 * in between repeats a record and loses none, and every sink is fenced against repetition.
 *
 * <p>What an event came to in a sink is told on one internal topic, a record per batch, without
 * waiting: {@link quayside.sink.Effects}. No sink knows another.
 */
@NullMarked
package quayside.sink;

import org.jspecify.annotations.NullMarked;
