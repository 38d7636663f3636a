package quayside.registry;

import java.util.List;

/** The threads that a registration has. */
final class RegistryThreads {
  private RegistryThreads() {}

  static List<String> running() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("quayside-schema-registry"))
        .toList();
  }
}
