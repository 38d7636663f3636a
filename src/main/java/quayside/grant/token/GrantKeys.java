package quayside.grant.token;

import java.io.IOException;

/**
 * The keys in force, replaced while the service runs when their source changes. When the source
 * cannot be read or says something wrong, the keys stay as they are. Thread-safe; {@link #current}
 * never waits.
 */
public final class GrantKeys {
  private final GrantKeySource source;
  private volatile GrantKeyRing current;

  /**
   * Reads the keys for the first time.
   *
   * @throws IllegalArgumentException when they cannot be read or used: the service must not start
   *     with them
   */
  public GrantKeys(GrantKeySource source) {
    this.source = source;
    try {
      this.current = source.read();
    } catch (IOException e) {
      throw new IllegalArgumentException("grant keys cannot be read: " + e, e);
    }
  }

  /** The keys in force. */
  public GrantKeyRing current() {
    return current;
  }

  /**
   * Reads the keys again; waits for the disk, so not for the event loop.
   *
   * @return whether they have changed
   * @throws IOException when they cannot be read; the old ones stay in force
   * @throws IllegalArgumentException when they are not usable; the old ones stay in force
   */
  public synchronized boolean refresh() throws IOException {
    GrantKeyRing read = source.read();
    boolean changed = !read.equals(current);
    current = read;
    return changed;
  }
}
