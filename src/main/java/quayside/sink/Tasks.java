package quayside.sink;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waiting for work given to other threads. */
final class Tasks {

  private Tasks() {}

  /** Waits for a task; its failure is thrown here. */
  static void join(Future<?> task) throws InterruptedException {
    try {
      task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
