package quayside.contract;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The service's configuration as it is delivered: topics, and the Kafka channels that use them. */
final class ServiceConfiguration {
  private static final String TOPICS = "quayside.topics.";
  private static final Pattern CONNECTOR =
      Pattern.compile("mp\\.messaging\\.(incoming|outgoing)\\.([^.]+)\\.connector");

  private final SmallRyeConfig config;

  private ServiceConfiguration(SmallRyeConfig config) {
    this.config = config;
  }

  static ServiceConfiguration delivered() {
    try {
      return new ServiceConfiguration(
          new SmallRyeConfigBuilder()
              .addDefaultInterceptors()
              .withSources(
                  source("src/main/resources/application.properties", 200),
                  source("src/main/resources-all/META-INF/microprofile-config.properties", 100))
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One channel of the messaging framework.
   *
   * @param incoming whether it reads
   * @param topic name of the topic, or a regular expression for names
   * @param group consumer group; empty when it writes
   * @param consumers how many an instance has
   */
  record Channel(String name, boolean incoming, String topic, String group, int consumers) {
    boolean uses(String topicName) {
      return Pattern.matches(topic, topicName);
    }

    /** As the framework makes it; it numbers them from 1 where there are several. */
    String clientId() {
      String id = (incoming ? "kafka-consumer-" : "kafka-producer-") + name;
      return consumers == 1 ? id : id + "$1";
    }
  }

  /** The names of all topics that have one in the configuration. */
  Set<String> topics() {
    return names().stream()
        .filter(name -> name.startsWith(TOPICS))
        .map(name -> config.getValue(name, String.class))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  List<Channel> channels() {
    return names().stream()
        .map(CONNECTOR::matcher)
        .filter(found -> found.matches())
        .map(found -> channel(found.group(1), found.group(2)))
        .toList();
  }

  private Channel channel(String direction, String name) {
    String prefix = "mp.messaging." + direction + "." + name + ".";
    return new Channel(
        name,
        direction.equals("incoming"),
        config.getValue(prefix + "topic", String.class),
        config.getOptionalValue(prefix + "group.id", String.class).orElse(""),
        config.getOptionalValue(prefix + "concurrency", Integer.class).orElse(1));
  }

  private Set<String> names() {
    return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static PropertiesConfigSource source(String file, int ordinal) throws IOException {
    return new PropertiesConfigSource(Path.of(file).toUri().toURL(), ordinal);
  }
}
