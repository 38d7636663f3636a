package quayside.registry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry that is away while the service starts, and takes every schema a little later. */
public final class StubRegistryResource implements QuarkusTestResourceLifecycleManager {
  /** Of each schema the first two. */
  private static final int REFUSED_REQUESTS = 6;

  private StubRegistry registry;

  @Override
  public Map<String, String> start() {
    AtomicInteger requests = new AtomicInteger();
    AtomicInteger ids = new AtomicInteger(40);
    try {
      registry =
          new StubRegistry(request -> {
            if (requests.incrementAndGet() <= REFUSED_REQUESTS) {
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
