/**
 * The subscribers of {@code deploy/examples/subscribers} as strangers run them: processes that know
 * Kafka and the published contract, and no code of ours. What they read is written by hand after
 * {@code schemas/README.md}, not by our codec.
 */
package quayside.examples;
