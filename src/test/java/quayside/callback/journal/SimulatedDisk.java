package quayside.callback.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A disk as a kernel shows it: what is written is visible at once and durable only after an fsync;
 * names are durable only after the directory's fsync; an fsync that fails throws away what it
 * should have written and the next one succeeds. It can run full, fail once, write short, and lose
 * power.
 */
final class SimulatedDisk implements Storage {
  private final Random random;
  private final Map<String, Node> visible = new HashMap<>();
  private Map<String, Node> durable = new HashMap<>();
  private boolean dead;
  long capacity = Long.MAX_VALUE;
  boolean shortWrites;
  final AtomicReference<IOException> nextWrite = new AtomicReference<>();
  final AtomicReference<IOException> nextForce = new AtomicReference<>();
  final AtomicReference<IOException> nextCreate = new AtomicReference<>();
  final AtomicReference<IOException> everyRead = new AtomicReference<>();
  private int forces;

  SimulatedDisk(Random random) {
    this.random = random;
  }

  /** The contents of a file. */
  private static final class Node {
    byte[] content = {};
    byte[] onDisk = {};

    /** From here on the content was changed since the last fsync. */
    int dirtyFrom = Integer.MAX_VALUE;

    /** Whether a failed fsync left bytes that look clean and are not on the disk: [from, to). */
    int lostFrom = Integer.MAX_VALUE;

    int lostTo;

    void force() {
      byte[] now = content.clone();
      for (int i = lostFrom; i < Math.min(lostTo, now.length); i++) {
        now[i] = i < onDisk.length ? onDisk[i] : 0;
      }
      onDisk = now;
      dirtyFrom = Integer.MAX_VALUE;
    }

    void failForce() {
      lostFrom = Math.min(lostFrom, dirtyFrom);
      lostTo = Math.max(lostTo, content.length);
      dirtyFrom = Integer.MAX_VALUE;
    }

    Node afterPowerLoss(Random random) {
      Node node = new Node();
      int kept = onDisk.length;
      if (content.length > kept) {
        int length = kept + random.nextInt(content.length - kept + 1);
        node.content = Arrays.copyOf(content, length);
        System.arraycopy(onDisk, 0, node.content, 0, kept);
        if (random.nextBoolean() && length > kept) {
          int zeroFrom = kept + random.nextInt(length - kept);
          Arrays.fill(node.content, zeroFrom, length, (byte) 0);
        }
      } else {
        node.content = onDisk.clone();
      }
      node.onDisk = node.content.clone();
      return node;
    }
  }

  /** The disk after a power loss; this one is gone. */
  synchronized SimulatedDisk powerLoss() {
    dead = true;
    SimulatedDisk after = new SimulatedDisk(random);
    Map<String, Node> names = random.nextBoolean() ? durable : visible;
    names.forEach((name, node) -> after.visible.put(name, node.afterPowerLoss(random)));
    after.durable = new HashMap<>(after.visible);
    return after;
  }

  /** The disk after the process was killed: all that was visible stays. */
  synchronized SimulatedDisk processKilled() {
    dead = true;
    SimulatedDisk after = new SimulatedDisk(random);
    after.visible.putAll(visible);
    after.durable = new HashMap<>(durable);
    return after;
  }

  synchronized byte[] content(String name) {
    return Objects.requireNonNull(visible.get(name), name).content.clone();
  }

  synchronized void put(String name, byte[] content) {
    Node node = new Node();
    node.content = content.clone();
    node.onDisk = content.clone();
    visible.put(name, node);
    durable.put(name, node);
  }

  synchronized int forces() {
    return forces;
  }

  /** The names of the segments, in order. */
  List<String> segments() {
    return list().stream().filter(name -> name.endsWith(".journal")).sorted().toList();
  }

  @Override
  public synchronized List<String> list() {
    return List.copyOf(visible.keySet());
  }

  @Override
  public synchronized JournalFile create(String name) throws IOException {
    alive();
    failOnce(nextCreate);
    if (visible.containsKey(name)) {
      throw new FileAlreadyExistsException(name);
    }
    Node node = new Node();
    visible.put(name, node);
    return new Handle(node);
  }

  @Override
  public synchronized JournalFile open(String name) throws IOException {
    alive();
    Node node = visible.get(name);
    if (node == null) {
      throw new NoSuchFileException(name);
    }
    return new Handle(node);
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    alive();
    Node node = visible.remove(from);
    if (node == null) {
      throw new NoSuchFileException(from);
    }
    visible.put(to, node);
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    alive();
    visible.remove(name);
  }

  @Override
  public synchronized void syncDirectory() throws IOException {
    alive();
    durable = new HashMap<>(visible);
  }

  @Override
  public synchronized long usableBytes() {
    return capacity - used();
  }

  private long used() {
    return visible.values().stream().mapToLong(node -> node.content.length).sum();
  }

  @Override
  public void close() {}

  private void alive() throws IOException {
    if (dead) {
      throw new IOException("this disk has lost power");
    }
  }

  private static void failOnce(AtomicReference<IOException> fault) throws IOException {
    IOException failure = fault.getAndSet(null);
    if (failure != null) {
      throw failure;
    }
  }

  /** An open file. */
  private final class Handle implements JournalFile {
    private final Node node;

    Handle(Node node) {
      this.node = node;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        alive();
        if (everyRead.get() != null) {
          throw everyRead.get();
        }
        if (position >= node.content.length) {
          return -1;
        }
        int count = Math.min(into.remaining(), node.content.length - (int) position);
        into.put(node.content, (int) position, count);
        return count;
      }
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        alive();
        int wanted = shortWrites ? random.nextInt(from.remaining() + 1) : from.remaining();
        if (nextWrite.get() != null) {
          put(from, (int) position, wanted / 2);
          failOnce(nextWrite);
        }
        if (used() + wanted > capacity) {
          put(from, (int) position, (int) Math.max(0, capacity - used()));
          throw new IOException("No space left on device");
        }
        put(from, (int) position, wanted);
        return wanted;
      }
    }

    private void put(ByteBuffer from, int position, int count) {
      if (node.content.length < position + count) {
        node.content = Arrays.copyOf(node.content, position + count);
      }
      from.get(node.content, position, count);
      node.dirtyFrom = Math.min(node.dirtyFrom, position);
    }

    @Override
    public void force() throws IOException {
      synchronized (SimulatedDisk.this) {
        alive();
        forces++;
        if (nextForce.get() != null) {
          node.failForce();
          failOnce(nextForce);
        }
        node.force();
      }
    }

    @Override
    public long size() {
      synchronized (SimulatedDisk.this) {
        return node.content.length;
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (SimulatedDisk.this) {
        alive();
        if (size < node.content.length) {
          node.content = Arrays.copyOf(node.content, (int) size);
        }
      }
    }

    @Override
    public void close() {}
  }
}
