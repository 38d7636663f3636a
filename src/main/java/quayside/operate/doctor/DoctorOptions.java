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
 * @param oss reads the access to OSS from the configuration
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
    ConfigReader oss) {

  /** Reads a configuration mapping, with what the command line says put over it. */
  @FunctionalInterface
  public interface ConfigReader {
    /** The mapping. */
    <T> T read(Class<T> mapping);
  }

  /** Checks the values. */
  public DoctorOptions {
    kafka = Map.copyOf(kafka);
    topics = List.copyOf(topics);
    buckets = List.copyOf(buckets);
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout " + timeout + ": must be positive");
    }
  }
}
