/**
 * The edge. An OSS upload callback is authenticated on the exact bytes received, checked against
 * the grant it carries, translated into an event, written, handed over to be made durable, and
 * answered; {@link quayside.callback.CallbackIntake} is that sentence as code. A request is an
 * {@link quayside.callback.UnverifiedCallback} until the verifier turns it into a {@link
 * quayside.callback.CallbackVerifier.VerifiedCallback}, and only the latter is parsed. The body is
 * the uploader's text: parsing never fails, whatever cannot be understood is kept verbatim and maps
 * to nothing.
 *
 * <p>What the configuration does not let out is taken out of the event when it is written ({@link
 * quayside.callback.Redaction}), after everything that decides about it, and before Kafka and the
 * journal.
 *
 * <p>The same callback received twice yields two events with the same {@code id}; the sinks drop
 * the second. Nothing is remembered here but which event used which grant: a token is claimed
 * before its event is stored and released when that fails, so the same callback may come again and
 * another one may not.
 */
@NullMarked
package quayside.callback;

import org.jspecify.annotations.NullMarked;
