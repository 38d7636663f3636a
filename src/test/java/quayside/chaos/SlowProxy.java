package quayside.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Passes TCP connections on to a server of this machine, everything a while later. */
final class SlowProxy implements AutoCloseable {
  private static final int CHUNK = 65_536;

  private final ServerSocket listener;
  private final int target;
  private final Duration delay;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** Listens from now on. */
  SlowProxy(int target, Duration delay) throws IOException {
    this.target = target;
    this.delay = delay;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("slow-proxy").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (!listener.isClosed()) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(server);
        Thread.ofPlatform().daemon().start(() -> pass(client, server));
        Thread.ofPlatform().daemon().start(() -> pass(server, client));
      }
    } catch (IOException closed) {
      // The end of the scenario.
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to;
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor()) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        byte[] read = Arrays.copyOf(chunk, length);
        later.schedule(() -> write(out, read), delay.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (IOException broken) {
      // So is the other direction now.
    }
  }

  private static void write(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
