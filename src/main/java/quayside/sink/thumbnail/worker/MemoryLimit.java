package quayside.sink.thumbnail.worker;

import static quayside.sink.thumbnail.worker.NativeFunction.INT;
import static quayside.sink.thumbnail.worker.NativeFunction.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Asks the operating system to refuse this process more memory than it should need. {@code
 * RLIMIT_DATA} counts writable private memory, heap and {@code mmap} alike (Linux 4.7 and later),
 * and not the address space a JVM merely reserves. Elsewhere the call may have no effect.
 */
final class MemoryLimit {
  private static final int RLIMIT_DATA = 2; // the same number on Linux and macOS

  private MemoryLimit() {}

  /** Sets the limit; native allocations beyond it fail, which libvips reports as an error. */
  static void set(long bytes) {
    NativeFunction setrlimit =
        NativeFunction.returning(
            INT, Linker.nativeLinker().defaultLookup(), "setrlimit", INT, POINTER);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(ValueLayout.JAVA_LONG, 2);
      limit.setAtIndex(ValueLayout.JAVA_LONG, 0, bytes);
      limit.setAtIndex(ValueLayout.JAVA_LONG, 1, bytes);
      if (setrlimit.callInt(RLIMIT_DATA, limit) != 0) {
        throw new IllegalStateException(
            "setrlimit: RLIMIT_DATA of " + bytes + " bytes was refused");
      }
    }
  }
}
