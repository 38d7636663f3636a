package quayside;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Leaves out what the Kafka clients measure and nobody looks at: a third of all there is to export,
 * for each broker and each partition.
 */
final class ExportedMeters {
  private static final List<String> LEFT_OUT =
      List.of(
          "kafka.consumer.node.",
          "kafka.producer.node.",
          "kafka.consumer.fetch.manager.records.lead",
          "kafka.consumer.fetch.manager.preferred.read.replica");

  @Produces
  @Singleton
  MeterFilter withoutDetails() {
    return MeterFilter.deny(id -> LEFT_OUT.stream().anyMatch(id.getName()::startsWith));
  }
}
