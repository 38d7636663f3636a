package quayside.role;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The connections of a process, as Linux knows them. */
final class Sockets {
  private Sockets() {}

  /** The ports it is connected to. */
  static Set<Integer> remotePorts(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
        String target = target(descriptor);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    Set<Integer> ports = new TreeSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String row : Files.readAllLines(process.resolve(table))) {
        String[] columns = row.strip().split("\\s+");
        if (columns.length > 9 && inodes.contains(columns[9])) {
          String remote = columns[2];
          ports.add(Integer.parseInt(remote.substring(remote.lastIndexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
  }
}
