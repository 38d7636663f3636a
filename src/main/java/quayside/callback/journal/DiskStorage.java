package quayside.callback.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A directory on the disk, locked against other processes. Thread-safe. */
final class DiskStorage implements Storage {
  private static final String LOCK = "lock";

  /**
   * Closing any channel of a file frees this process's lock on it (POSIX), so a second one must not
   * even be opened.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileAttribute<?>[] ownerOnly;
  private final FileStore fileStore;
  private final FileChannel lock;

  private DiskStorage(Path directory, FileAttribute<?>[] ownerOnly, FileChannel lock)
      throws IOException {
    this.directory = directory;
    this.ownerOnly = ownerOnly;
    this.fileStore = Files.getFileStore(directory);
    this.lock = lock;
  }

  /**
   * Creates the directory if need be, and locks it.
   *
   * @throws JournalLockedException when another journal has it
   */
  static DiskStorage open(Path directory) throws IOException {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, attributes(posix, "rwx------"));
    }
    Path real = directory.toRealPath();
    if (!OPEN.add(real)) {
      throw new JournalLockedException(directory.toString());
    }
    try {
      FileAttribute<?>[] ownerOnly = attributes(posix, "rw-------");
      return new DiskStorage(real, ownerOnly, lock(real, ownerOnly));
    } catch (IOException | RuntimeException e) {
      OPEN.remove(real);
      throw e;
    }
  }

  private static FileChannel lock(Path directory, FileAttribute<?>[] ownerOnly) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileChannel channel = FileChannel.open(directory.resolve(LOCK), options, ownerOnly);
    if (channel.tryLock() == null) {
      channel.close();
      throw new JournalLockedException(directory.toString());
    }
    return channel;
  }

  private static FileAttribute<?>[] attributes(boolean posix, String permissions) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Override
  public JournalFile create(String name) throws IOException {
    return file(name, StandardOpenOption.CREATE_NEW);
  }

  @Override
  public JournalFile open(String name) throws IOException {
    return file(name);
  }

  private JournalFile file(String name, OpenOption... how) throws IOException {
    Set<OpenOption> options =
        how.length == 0
            ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
            : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, how[0]);
    return new DiskFile(FileChannel.open(directory.resolve(name), options, ownerOnly));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        directory.resolve(from),
        directory.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
  }

  @Override
  public void syncDirectory() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public long usableBytes() throws IOException {
    return fileStore.getUsableSpace();
  }

  @Override
  public void close() throws IOException {
    lock.close();
    OPEN.remove(directory);
  }
}
