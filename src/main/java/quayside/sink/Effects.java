package quayside.sink;

import java.util.ArrayList;
import java.util.List;
import quayside.event.CloudEvent;

/**
 * Where a sink says what an event came to: {@code Effects.of(event, "applied")}, from the thread
 * that applies it. What is said within one successful {@link Sink#apply} is published together; of
 * a failed one nothing is. Outside of a {@link BatchConsumer}, as in tests of a sink, it is not
 * listened to.
 */
public final class Effects {
  private static final ScopedValue<List<Said>> LISTENER = ScopedValue.newInstance();

  private Effects() {}

  /** An event and its outcome. */
  record Said(CloudEvent<?> event, String outcome) {}

  /** A step during which is listened. */
  @FunctionalInterface
  interface Work {
    void run()
        throws PermanentFailureException, TransientFailureException, DependencyUnavailableException;
  }

  /**
   * Says what an event came to.
   *
   * @param outcome stable code of a few characters
   */
  public static void of(CloudEvent<?> event, String outcome) {
    if (LISTENER.isBound()) {
      LISTENER.get().add(new Said(event, outcome));
    }
  }

  /** Does work of this thread; returns what was said meanwhile. */
  static List<Said> during(Work work)
      throws PermanentFailureException, TransientFailureException, DependencyUnavailableException {
    List<Said> said = new ArrayList<>();
    try {
      ScopedValue.where(LISTENER, said)
          .call(() -> {
            work.run();
            return said;
          });
    } catch (PermanentFailureException
        | TransientFailureException
        | DependencyUnavailableException
        | RuntimeException e) {
      throw e;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
    return said;
  }
}
