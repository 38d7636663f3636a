package quayside.bench;

import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The least a program can do to put records on Kafka durably. */
final class BareProducer {
  private final Properties configuration = new Properties();

  BareProducer(String bootstrapServers) {
    configuration.put("bootstrap.servers", bootstrapServers);
    configuration.put("acks", "all");
    configuration.put("linger.ms", 0);
  }

  /** Sends records to the topic of the uploads and waits until all are acknowledged. */
  double recordsPerSecond(int count, int size) {
    AtomicLong acknowledged = new AtomicLong();
    long begin;
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer())) {
      producer.partitionsFor("oss.object.uploaded.v1");
      begin = System.nanoTime();
      for (int i = 0; i < count; i++) {
        producer.send(
            new ProducerRecord<>("oss.object.uploaded.v1", "uploads/bench-" + i, new byte[size]),
            (metadata, failure) -> {
              if (failure == null) {
                acknowledged.incrementAndGet();
              }
            });
      }
      producer.flush();
    }
    if (acknowledged.get() != count) {
      throw new IllegalStateException("the broker refused " + (count - acknowledged.get()));
    }
    return count / ((System.nanoTime() - begin) / 1e9);
  }
}
