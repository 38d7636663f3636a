/**
 * Why a captured callback does or does not verify. A {@link quayside.operate.explain.Capture} goes
 * into the {@link quayside.operate.explain.Explainer}; out comes an {@link
 * quayside.operate.explain.Explanation}: the string to sign, the digest that OSS signed (an RSA
 * signature gives it back), and where the two differ the known accident that explains it, found by
 * undoing each and looking whether the digest appears. A digest that appears is proof: nothing here
 * guesses.
 *
 * <p>Work and memory are bounded ({@link quayside.operate.explain.ExplainLimits}); a capture is
 * hostile text like any other. Grant tokens are masked in everything shown, since explanations are
 * pasted into tickets; only the command line shows them, on request.
 */
@NullMarked
package quayside.operate.explain;

import org.jspecify.annotations.NullMarked;
