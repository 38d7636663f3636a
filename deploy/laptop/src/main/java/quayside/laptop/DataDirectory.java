package quayside.laptop;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The directory that holds all local data; one running stack owns it. */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the directory, creating it when it is new.
   *
   * @throws LaptopException when another stack runs in it
   */
  static DataDirectory take(Path directory) throws IOException {
    Path path = Files.createDirectories(directory.toAbsolutePath().normalize());
    FileChannel lock =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      lock.close();
      throw new LaptopException(
          "Another stack runs in "
              + path
              + ". Stop it (Ctrl-C where it runs), or choose another directory with QUAYSIDE_DATA_DIR.");
    }
    return new DataDirectory(path, lock);
  }

  Path path() {
    return path;
  }

  Path of(String server) {
    return path.resolve(server);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
