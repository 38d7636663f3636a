package example;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The beginning of a subscriber that comes late: events are kept for some days, the state topic has
 * the last of every object. When it breaks off it is begun anew; what it did then changes nothing.
 */
final class Bootstrap {
  private final KafkaConsumer<String, byte[]> consumer;
  private final Options options;

  Bootstrap(KafkaConsumer<String, byte[]> consumer, Options options) {
    this.consumer = consumer;
    this.options = options;
  }

  /** Polls once, and returns when the effects of what it got are durable. */
  interface Step {
    void run() throws Exception;
  }

  /** Does nothing when the group has read events before. */
  void run(Step step) throws Exception {
    List<TopicPartition> events =
        options.eventTopics().stream().flatMap(topic -> partitions(topic).stream()).toList();
    if (consumer.committed(Set.copyOf(events)).values().stream().anyMatch(Objects::nonNull)) {
      System.err.println("group " + options.group() + " has begun before: no bootstrap");
      return;
    }
    // 1. How far the state topic is for certain. Before its end is looked up, not after.
    Map<TopicPartition, OffsetAndMetadata> positions = positionsOfState(events);
    // 2. The state, from the beginning to the present end.
    List<TopicPartition> state = partitions(options.stateTopic());
    Map<TopicPartition, Long> ends = consumer.endOffsets(state);
    consumer.assign(state);
    consumer.seekToBeginning(state);
    while (state.stream()
        .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
      step.run();
    }
    // 3. The events, from where the first step found the state. The fences hold back the older
    // ones.
    consumer.commitSync(positions);
    consumer.unsubscribe();
  }

  private Map<TopicPartition, OffsetAndMetadata> positionsOfState(List<TopicPartition> events)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    consumer
        .beginningOffsets(events)
        .forEach((partition, offset) -> positions.put(partition, new OffsetAndMetadata(offset)));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", options.bootstrapServers()))) {
      admin
          .listConsumerGroupOffsets(options.stateGroup())
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> {
            if (offset != null && positions.containsKey(partition)) {
              positions.put(partition, new OffsetAndMetadata(offset.offset()));
            }
          });
    }
    return positions;
  }

  private List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }
}
