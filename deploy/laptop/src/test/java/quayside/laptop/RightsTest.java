package quayside.laptop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rights of the manifests on a broker that enforces them: what each user does is permitted, and
 * what it does not do is refused.
 */
class RightsTest {
  private static final String UPLOADED = "oss.object.uploaded.v1";
  private static final String THUMBNAILED = "oss.object.thumbnailed.v1";
  private static final String DELETED = "oss.object.deleted.v1";
  private static final String STATE = "oss.object.state.v1";
  private static final String INGRESS = "quayside-ingress";
  private static final String SINKS = "quayside-sinks";
  private static final String SUBSCRIBER = "example-subscriber";

  @TempDir static Path folder;
  private static SecuredBroker broker;

  @BeforeAll
  static void start() throws IOException, InterruptedException, ExecutionException {
    broker = SecuredBroker.start(folder);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void ingress_publishesUploads_andNothingElse() throws Exception {
    write(INGRESS, UPLOADED);

    assertRefused(() -> write(INGRESS, THUMBNAILED));
    assertRefused(() -> write(INGRESS, STATE));
    assertRefused(() -> read(INGRESS, "quayside-catalog", UPLOADED));
  }

  @Test
  void sinks_writeEveryTopic() throws Exception {
    for (String topic : SecuredBroker.topics()) {
      write(SINKS, topic);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "quayside-catalog, oss.object.uploaded.v1",
    "quayside-catalog, oss.object.thumbnailed.v1",
    "quayside-catalog, oss.object.deleted.v1",
    "quayside-catalog.retry, oss.object.deleted.v1.quayside-catalog.retry",
    "quayside-search, oss.object.thumbnailed.v1",
    "quayside-search.retry, oss.object.thumbnailed.v1.quayside-search.retry",
    "quayside-thumbnail, oss.object.uploaded.v1",
    "quayside-thumbnail.retry, oss.object.uploaded.v1.quayside-thumbnail.retry",
    "quayside-thumbnail.regenerate.small, oss.object.uploaded.v1",
    "quayside-state, oss.object.uploaded.v1",
    "quayside-state, oss.object.uploaded.v1.quayside-catalog.retry",
    "quayside-timeline, oss.object.uploaded.v1.quayside-search.dlq",
    "quayside-timeline, quayside.effects.v1"
  })
  void sinks_readWithTheirGroups(String group, String topic) throws Exception {
    write(SINKS, topic);

    assertThat(read(SINKS, group, topic)).isPositive();
  }

  /** As the read API looks at events and dead letters: by partition, in no group. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        UPLOADED,
        THUMBNAILED,
        DELETED,
        "quayside.effects.v1",
        "oss.object.uploaded.v1.quayside-catalog.retry",
        "oss.object.uploaded.v1.quayside-thumbnail.dlq",
        "oss.object.deleted.v1.quayside-search.dlq"
      })
  void sinks_readWithoutAGroup(String topic) throws Exception {
    write(SINKS, topic);

    try (KafkaConsumer<byte[], byte[]> consumer = consumer(SINKS, null)) {
      assertThat(consumer.listTopics()).containsKey(topic);
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      assertThat(consumer.endOffsets(partitions)).hasSize(partitions.size());
      assertThat(consumer.poll(Duration.ofSeconds(20)).count()).isPositive();
    }
  }

  /** The states are for others. */
  @Test
  void sinks_readNoStates_andUseNoOtherGroup() {
    assertRefused(() -> read(SINKS, "quayside-state", STATE));
    assertRefused(() -> read(SINKS, SUBSCRIBER, UPLOADED));
  }

  @ParameterizedTest
  @ValueSource(strings = {UPLOADED, THUMBNAILED, DELETED, STATE})
  void subscriber_readsWithAGroupOfItsOwn_andWritesNothing(String topic) throws Exception {
    write(SINKS, topic);

    assertThat(read(SUBSCRIBER, SUBSCRIBER, topic)).isPositive();
    assertRefused(() -> write(SUBSCRIBER, topic));
    assertRefused(() -> read(SUBSCRIBER, "quayside-catalog", topic));
  }

  /** Steps 1 and 2 of schemas/BOOTSTRAP.md. */
  @Test
  void subscriber_seesWhereTheStatesWereWrittenUpTo_andCannotMoveThat() throws Exception {
    TopicPartition uploads = new TopicPartition(UPLOADED, 0);
    TopicPartition states = new TopicPartition(STATE, 0);
    write(SINKS, UPLOADED);
    write(SINKS, STATE);
    read(SINKS, "quayside-state", UPLOADED);

    try (Admin admin = Admin.create(broker.client(SUBSCRIBER))) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets("quayside-state").partitionsToOffsetAndMetadata().get();
      assertThat(committed.get(uploads).offset()).isPositive();
      assertThatThrownBy(() ->
              admin
                  .alterConsumerGroupOffsets(
                      "quayside-state", Map.of(uploads, new OffsetAndMetadata(0)))
                  .all()
                  .get())
          .hasCauseInstanceOf(GroupAuthorizationException.class);
    }
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(SUBSCRIBER, SUBSCRIBER)) {
      assertThat(consumer.endOffsets(List.of(states)).get(states)).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quayside.effects.v1",
        "oss.object.uploaded.v1.quayside-search.dlq",
        "oss.object.uploaded.v1.quayside-search.retry"
      })
  void subscriber_readsNothingOfQuaysidesOwn(String topic) {
    assertRefused(() -> read(SUBSCRIBER, SUBSCRIBER, topic));
  }

  /** As the service does: idempotent, and acknowledged by all. */
  private static void write(String user, String topic) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            broker.client(user), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[] {1})).get();
    }
  }

  /** How many records of a topic a group gets; commits them. */
  private static int read(String user, String group, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(user, group)) {
      consumer.subscribe(List.of(topic));
      int count = 0;
      for (int i = 0; i < 40 && count == 0; i++) {
        count = consumer.poll(Duration.ofMillis(500)).count();
      }
      consumer.commitSync();
      return count;
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String user, String group) {
    Map<String, Object> settings = broker.client(user);
    if (group != null) {
      settings.put("group.id", group);
    }
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A producer wraps the refusal once more when it came before the record was sent. */
  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(failure ->
            assertThat(Stream.iterate(failure, Objects::nonNull, Throwable::getCause))
                .hasAtLeastOneElementOfType(AuthorizationException.class));
  }
}
