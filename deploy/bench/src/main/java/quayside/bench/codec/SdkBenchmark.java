package quayside.bench.codec;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.CloudEventUtils;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.data.PojoCloudEventData;
import io.cloudevents.jackson.PojoCloudEventDataMapper;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import quayside.event.ObjectUploaded;

/**
 * The same with the CloudEvents Java SDK, its Kafka binding and its Jackson data, as its
 * documentation shows. For one thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SdkBenchmark {
  private final JsonMapper mapper =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private final PojoCloudEventDataMapper<ObjectUploaded> data =
      PojoCloudEventDataMapper.from(mapper, ObjectUploaded.class);
  private final ProducerRecord<String, byte[]> record = PhpSample.record();
  private final Read event = read();

  /** An event and its data, all of it read. */
  public record Read(CloudEvent event, ObjectUploaded data) {}

  /** What is published for the event; its data is kept as bytes once written, so it gets new. */
  @Benchmark
  public ProducerRecord<String, byte[]> write() {
    CloudEventData written = PojoCloudEventData.wrap(event.data(), mapper::writeValueAsBytes);
    CloudEvent published = CloudEventBuilder.v1(event.event()).withData(written).build();
    return KafkaMessageFactory.<String>createWriter(record.topic(), record.key())
        .writeBinary(published);
  }

  /** The event of a record. */
  @Benchmark
  public Read read() {
    CloudEvent read = KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent();
    PojoCloudEventData<ObjectUploaded> uploaded =
        Objects.requireNonNull(CloudEventUtils.mapData(read, data));
    return new Read(read, uploaded.getValue());
  }
}
