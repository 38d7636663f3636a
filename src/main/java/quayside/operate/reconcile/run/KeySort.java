package quayside.operate.reconcile.run;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import quayside.oss.Keys;
import quayside.oss.ListedObject;

/**
 * Sorts any number of objects by key: so many at a time in memory, the rest in temporary files that
 * are merged. An object that occurs twice comes once, the later one. For one thread.
 */
final class KeySort implements AutoCloseable {
  private static final int IN_MEMORY = 50_000;
  private static final int BUFFER = 1 << 14;

  private final List<ListedObject> memory = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final PriorityQueue<Part> merge =
      new PriorityQueue<>(
          Comparator.comparing((Part part) -> part.require().key(), Keys.ORDER)
              .thenComparing(part -> part.require().lastModified(), Comparator.reverseOrder()));
  private @Nullable String lastKey;

  void add(ListedObject object) throws IOException {
    memory.add(object);
    if (memory.size() == IN_MEMORY) {
      spill();
    }
  }

  /** Ends adding, begins reading. */
  void finish() throws IOException {
    spill();
    for (Part part : parts) {
      part.open();
      offer(part);
    }
  }

  /** The next object, or null after the last one. */
  @Nullable ListedObject next() throws IOException {
    while (!merge.isEmpty()) {
      Part part = merge.remove();
      ListedObject object = part.require();
      offer(part);
      if (!object.key().equals(lastKey)) {
        lastKey = object.key();
        return object;
      }
    }
    return null;
  }

  private void offer(Part part) throws IOException {
    if (part.advance()) {
      merge.add(part);
    }
  }

  private void spill() throws IOException {
    if (memory.isEmpty()) {
      return;
    }
    memory.sort(
        Comparator.comparing(ListedObject::key, Keys.ORDER)
            .thenComparing(ListedObject::lastModified, Comparator.reverseOrder()));
    Part part = new Part(Files.createTempFile("quayside-inventory-", ".part"));
    parts.add(part);
    part.write(memory);
    memory.clear();
  }

  @Override
  public void close() {
    parts.forEach(Part::close);
  }

  /** A sorted file. */
  private static final class Part {
    private final Path file;
    private @Nullable DataInputStream in;
    private @Nullable ListedObject current;

    Part(Path file) {
      this.file = file;
    }

    void write(List<ListedObject> objects) throws IOException {
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
        for (ListedObject object : objects) {
          out.writeUTF(object.key());
          out.writeUTF(object.etag());
          out.writeLong(object.size());
          out.writeLong(object.lastModified().toEpochMilli());
        }
      }
    }

    void open() throws IOException {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    }

    boolean advance() throws IOException {
      if (in == null) {
        throw new IllegalStateException("not open");
      }
      try {
        current =
            new ListedObject(
                in.readUTF(), in.readUTF(), in.readLong(), Instant.ofEpochMilli(in.readLong()));
        return true;
      } catch (EOFException end) {
        current = null;
        return false;
      }
    }

    ListedObject require() {
      if (current == null) {
        throw new IllegalStateException("at its end");
      }
      return current;
    }

    void close() {
      try {
        if (in != null) {
          in.close();
        }
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }
}
