package quayside.registry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry that is away while the service starts, and takes every schema when it is opened. */
public final class StubRegistryResource implements QuarkusTestResourceLifecycleManager {
  // A system property, since tests and resources are loaded by different class loaders.
  private static final String OPEN = "test.quayside.registry.open";

  private StubRegistry registry;

  /** From now on it answers. */
  static void open() {
    System.setProperty(OPEN, "true");
  }

  @Override
  public Map<String, String> start() {
    System.clearProperty(OPEN);
    AtomicInteger ids = new AtomicInteger(40);
    try {
      registry =
          new StubRegistry(request -> {
            if (System.getProperty(OPEN) == null) {
              return new StubRegistry.Answer(503, "{\"message\":\"starting\"}");
            }
            return request.isLookup()
                ? StubRegistry.NO_SUBJECT
                : StubRegistry.Answer.id(ids.incrementAndGet());
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("quayside.registry.url", registry.url().toString());
  }

  @Override
  public void stop() {
    registry.close();
  }
}
