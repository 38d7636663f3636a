package quayside.bench.codec;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventRecord;
import quayside.event.EventWriter;
import quayside.event.InvalidEventException;
import quayside.event.MeasuredWriter;
import quayside.event.ObjectUploaded;

/** One event to a Kafka record and back, as publishers and sinks do it. For one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  private final EventWriter writer = MeasuredWriter.unconfigured();
  private final EventCodec<ObjectUploaded> codec = EventCodec.objectUploaded();
  private final ProducerRecord<String, byte[]> record = PhpSample.record();
  private final CloudEvent<ObjectUploaded> event = read();

  /** What is published for the event. */
  @Benchmark
  public ProducerRecord<String, byte[]> write() {
    EventRecord written = writer.write(codec, event);
    Headers headers = new RecordHeaders();
    written.forEachHeader(headers::add);
    return new ProducerRecord<>(record.topic(), null, written.key(), written.value(), headers);
  }

  /** The event of a record. */
  @Benchmark
  public CloudEvent<ObjectUploaded> read() {
    try {
      return codec.read(CodecBenchmark.this::header, record.value());
    } catch (InvalidEventException e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable String header(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
