/**
 * Writing and reading one event, as JMH benchmarks: by the codec of the application, whose sources
 * are compiled into this project, and by the CloudEvents Java SDK.
 */
@NullMarked
package quayside.bench.codec;

import org.jspecify.annotations.NullMarked;
