package quayside.sink;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * The sinks that wait for a dependency, and for which. Reported with readiness but without failing
 * it: an instance that takes callbacks goes on taking them while a database is away. Thread-safe.
 */
@Readiness
@Default
@ApplicationScoped
public class WaitingSinks implements HealthCheck {
  private final Map<String, String> waiting = new ConcurrentHashMap<>();

  void waits(String sink, String reason) {
    waiting.put(sink, reason);
  }

  void works(String sink) {
    waiting.remove(sink);
  }

  /** What each sink that waits does wait for, by the names of the sinks. */
  public Map<String, String> all() {
    return new TreeMap<>(waiting);
  }

  boolean isWaiting(String sink) {
    return waiting.containsKey(sink);
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("Sinks").up();
    all().forEach(response::withData);
    return response.build();
  }
}
