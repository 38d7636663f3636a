package quayside.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process and all that it started, by {@code /proc}. A process that ends while it is looked at
 * counts as nothing: what it used is in its parent's figures as soon as that one has waited for it.
 *
 * @param root process id
 * @param program only processes of a program with this name; empty for all
 */
record ProcessTree(long root, String program) {
  /** Clock ticks of /proc, which are hundredths of a second on every Linux. */
  private static final Duration TICK = Duration.ofMillis(10);

  private static final long KIBIBYTE = 1024;

  /** All of the tree. */
  static ProcessTree of(long root) {
    return new ProcessTree(root, "");
  }

  /** Time on processors so far, in user and kernel mode, of living processes and of ended ones. */
  Duration cpuTime() {
    return TICK.multipliedBy(pids().mapToLong(ProcessTree::ticks).sum());
  }

  /** The largest resident memory that each process has had, added up, in bytes. */
  long peakResidentBytes() {
    return pids().mapToLong(pid -> bytes(pid, "status", "VmHWM:")).sum();
  }

  /** The memory that the tree occupies now, in bytes; pages that processes share count once. */
  long proportionalBytes() {
    return pids().mapToLong(pid -> bytes(pid, "smaps_rollup", "Pss:")).sum();
  }

  /** Those below the root. */
  List<ProcessTree> children() {
    return ProcessHandle.of(root).stream()
        .flatMap(ProcessHandle::children)
        .map(child -> of(child.pid()))
        .toList();
  }

  private Stream<Long> pids() {
    return ProcessHandle.of(root).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .map(ProcessHandle::pid)
        .filter(pid -> program.isEmpty() || name(pid).equals(program));
  }

  private static String name(long pid) {
    return read(pid, "comm").strip();
  }

  private static long ticks(long pid) {
    String stat = read(pid, "stat");
    if (stat.isEmpty()) {
      return 0;
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long sum = 0;
    // utime, stime; cutime, cstime: of children that ended and were waited for.
    for (int field = 11; field <= 14; field++) {
      sum += Long.parseLong(fields[field]);
    }
    return sum;
  }

  private static long bytes(long pid, String file, String name) {
    return read(pid, file)
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
        .findFirst()
        .orElse(0);
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException ended) {
      return "";
    }
  }
}
