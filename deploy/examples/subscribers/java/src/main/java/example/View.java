package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The effects so far, one line each in a file that is only appended to; the last line of an object
 * is what it is now. Put your database here: what {@link #admit} remembers and what {@link #append}
 * writes belong into one transaction. One process for each file.
 */
final class View implements AutoCloseable {
  /** What became of an event. */
  enum Verdict {
    APPLIED,
    /** An event with this source and id was applied before. */
    DUPLICATE,
    /** Something newer about the object was applied before. */
    STALE
  }

  private final FileChannel file;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Long> fences = new HashMap<>();

  private View(FileChannel file) {
    this.file = file;
  }

  static View open(Path path) throws IOException {
    byte[] content = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
    int length = content.length;
    // A line without its end was being written when the process died: its event comes again.
    while (length > 0 && content[length - 1] != '\n') {
      length--;
    }
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    file.truncate(length).position(length);
    View view = new View(file);
    new String(content, 0, length, UTF_8).lines().map(Effect::ofLine).forEach(view::remember);
    return view;
  }

  /** Decides on an event, and remembers it when it is to be applied. */
  Verdict admit(Effect effect) {
    if (seen.contains(identity(effect))) {
      return Verdict.DUPLICATE;
    }
    if (effect.sequence() <= fences.getOrDefault(effect.fence(), -1L)) {
      return Verdict.STALE;
    }
    remember(effect);
    return Verdict.APPLIED;
  }

  /** On return the effects are on the disk. */
  void append(List<Effect> effects) throws IOException {
    StringBuilder lines = new StringBuilder();
    effects.forEach(effect -> lines.append(effect.toLine()).append('\n'));
    ByteBuffer bytes = UTF_8.encode(lines.toString());
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    file.force(true);
  }

  private void remember(Effect effect) {
    if (!effect.id().equals(Effect.ABSENT)) {
      seen.add(identity(effect));
    }
    fences.merge(effect.fence(), effect.sequence(), Math::max);
  }

  private static String identity(Effect effect) {
    return effect.source() + "\t" + effect.id();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
