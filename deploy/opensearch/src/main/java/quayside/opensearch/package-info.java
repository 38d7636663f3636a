/**
 * OpenSearch on a laptop and in tests. A program of its own: {@code java -jar
 * quayside-opensearch.jar <port> <data directory>}.
 */
@NullMarked
package quayside.opensearch;

import org.jspecify.annotations.NullMarked;
