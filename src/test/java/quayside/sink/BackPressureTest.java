package quayside.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.ObjectUploaded;

/** A sink that does not get on takes a bounded number of events from Kafka, and its lag is seen. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class BackPressureTest {
  private static final String TOPIC = "oss.object.uploaded.v1";
  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();
  private static final int EVENTS = 9000;

  /**
   * The poll at work, two that are queued, and one that was on its way; of 500 each, in two
   * consumers.
   */
  private static final int MOST_HELD = 4000;

  private static final Duration LIMIT = Duration.ofSeconds(50);

  @Inject DataSource dataSource;
  @Inject MeterRegistry metrics;

  private final String run = UUID.randomUUID().toString();

  @Test
  void stuckSink_holdsABoundedNumberOfEventsAndItsLagIsSeen() throws Exception {
    double before = consumed();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table catalog.inbox in access exclusive mode");
      publish();

      await().atMost(LIMIT).until(() -> lag() >= EVENTS - MOST_HELD);
      assertThat(consumed() - before).isPositive().isLessThanOrEqualTo(MOST_HELD);

      connection.rollback();
    }

    await().atMost(LIMIT).until(() -> rows() == EVENTS);
    await().atMost(LIMIT).until(() -> lag() == 0);
  }

  /**
   * Another instance, here one that never gets anything done: it is given partitions without any
   * setting, and when it is gone without a trace of work, the others do all of it.
   */
  @Test
  void anotherInstance_sharesThePartitionsAndWhatItLeavesIsDone() throws Exception {
    try (KafkaConsumer<String, byte[]> other = anotherInstance()) {
      other.subscribe(List.of(TOPIC));
      await()
          .atMost(LIMIT)
          .until(() -> {
            other.poll(Duration.ofMillis(200));
            return !other.assignment().isEmpty();
          });
      assertThat(other.assignment()).hasSizeLessThan(other.partitionsFor(TOPIC).size());
      publish();
      await().atMost(LIMIT).until(() -> !other.poll(Duration.ofMillis(200)).isEmpty());
      assertThat(rows()).isLessThan(EVENTS);
    }

    await().atMost(LIMIT).until(() -> rows() == EVENTS);
  }

  private static KafkaConsumer<String, byte[]> anotherInstance() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            LaptopStackResource.running().getProperty("kafka.bootstrap.servers"),
            "group.id",
            "quayside-catalog",
            "enable.auto.commit",
            false),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  private void publish() throws Exception {
    CloudEvent<ObjectUploaded> event = BatchConsumerTest.UploadedEvents.numbered(1).getFirst();
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                LaptopStackResource.running().getProperty("kafka.bootstrap.servers")),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < EVENTS; i++) {
        ProducerRecord<String, byte[]> record =
            new ProducerRecord<>(TOPIC, run + "/" + i, value(event, i));
        Map<String, String> headers = new LinkedHashMap<>(CODEC.headers(event));
        headers.put("ce_id", run + i);
        headers.forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(record);
      }
    }
  }

  private byte[] value(CloudEvent<ObjectUploaded> event, int i) {
    String json = new String(CODEC.value(event), StandardCharsets.UTF_8);
    return json.replace("\"key-0\"", "\"" + run + "-" + i + "\"").getBytes(StandardCharsets.UTF_8);
  }

  private double consumed() {
    return metrics
        .find("kafka.consumer.fetch.manager.records.consumed.total")
        .tagKeys("client.id")
        .meters()
        .stream()
        .filter(
            meter -> String.valueOf(meter.getId().getTag("client.id")).contains("catalog-uploaded"))
        .mapToDouble(BackPressureTest::value)
        .sum();
  }

  private double lag() {
    return metrics
        .find("quayside.consumer.lag")
        .tags("group", "quayside-catalog", "topic", TOPIC)
        .meters()
        .stream()
        .mapToDouble(BackPressureTest::value)
        .sum();
  }

  private int rows() throws Exception {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select count(*) from catalog.object where key like '" + run + "-%'")) {
      result.next();
      return result.getInt(1);
    }
  }

  private static double value(Meter meter) {
    return meter.measure().iterator().next().getValue();
  }
}
