package quayside.operate.doctor;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to examine, and how.
 *
 * @param url the callback URL; empty leaves the endpoint out
 * @param callbackSni whether uploads ask for SNI ({@code callbackSNI})
 * @param certificates PEM file with authorities to trust beside those of the platform
 * @param kafka properties of the Kafka client; without {@code bootstrap.servers} Kafka is left out
 * @param topics topics that are written
 * @param buckets buckets to look at; none leaves OSS out
 * @param timeout longest wait for one answer
 * @param clock this machine's time
 * @param oss keys of {@code quayside.oss} that the command line gives
 * @param configuration reads the service's configuration
 */
public record DoctorOptions(
    Optional<URI> url,
    boolean callbackSni,
    Optional<Path> certificates,
    Map<String, String> kafka,
    List<String> topics,
    List<String> buckets,
    Duration timeout,
    Clock clock,
    Map<String, String> oss,
    ConfigReader configuration) {

  /** Reads the service's configuration. */
  @FunctionalInterface
  public interface ConfigReader {
    /** A mapping; the given keys and values come before what is configured. */
    <T> T read(Class<T> mapping, Map<String, String> commandLine);
  }

  /** Reads a mapping of {@code quayside.oss} or of what else a check needs to know. */
  public <T> T read(Class<T> mapping) {
    return configuration.read(mapping, oss);
  }

  /** Checks the values. */
  public DoctorOptions {
    kafka = Map.copyOf(kafka);
    oss = Map.copyOf(oss);
    topics = List.copyOf(topics);
    buckets = List.copyOf(buckets);
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout " + timeout + ": must be positive");
    }
  }
}
