package quayside.callback;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A steady flow of distinct signed callbacks from a few senders at a time; every other sender opens
 * a connection for each, as OSS does, the rest keep theirs, as a proxy does.
 */
final class CallbackTraffic implements AutoCloseable {
  private static final int SENDERS = 6;
  private static final int PAUSE_MILLIS = 15;

  /** Event ids that were answered 200. */
  final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

  /** What else happened. */
  final Queue<String> troubles = new ConcurrentLinkedQueue<>();

  private final TestSigner signer = CallbackTestKeyResource.signer();
  private final String idPrefix;
  private final Supplier<@Nullable IngressProcess> target;
  private final AtomicInteger next = new AtomicInteger();
  private final ScheduledExecutorService senders = Executors.newScheduledThreadPool(SENDERS);

  /**
   * Starts the flow.
   *
   * @param idPrefix 16 hex digits that tell these callbacks from others
   * @param target who gets the next one; null when there is nobody
   */
  CallbackTraffic(String idPrefix, Supplier<@Nullable IngressProcess> target) {
    this.idPrefix = idPrefix;
    this.target = target;
    List<Sender> all = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      all.add(new Sender(i % 2 == 0));
    }
    all.forEach(
        sender -> senders.scheduleWithFixedDelay(sender, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS));
  }

  /** Ends the flow and waits for the last answers. */
  @Override
  public void close() {
    senders.close();
  }

  private final class Sender implements Runnable {
    private final boolean keepsConnection;
    private @Nullable Socket kept;
    private @Nullable IngressProcess keptTo;

    Sender(boolean keepsConnection) {
      this.keepsConnection = keepsConnection;
    }

    @Override
    public void run() {
      IngressProcess to = target.get();
      if (to == null) {
        troubles.add("nobody is ready");
        return;
      }
      String id = idPrefix + "%08X".formatted(next.incrementAndGet());
      try {
        RawHttp.Reply reply = send(to, id);
        if (reply.status() == 200 && reply.text().contains(id)) {
          acknowledged.add(id);
        } else {
          troubles.add(reply.status() + " " + reply.text());
        }
      } catch (IOException e) {
        kept = null;
        troubles.add(id + " to " + to.port() + " " + e);
      }
    }

    private RawHttp.Reply send(IngressProcess to, String id) throws IOException {
      CallbackScenario callback =
          CallbackScenario.signedBy(signer)
              .withBody("bucket=uploads&object=traffic%2F" + id + "&size=1&reqId=" + id);
      if (!keepsConnection) {
        try (Socket socket = RawHttp.connect(to.port())) {
          socket.getOutputStream().write(callback.withHeader("Connection", "close").wire());
          return RawHttp.read(socket);
        }
      }
      Socket socket = kept;
      if (socket == null || keptTo != to) {
        socket = RawHttp.connect(to.port());
      }
      keptTo = to;
      socket.getOutputStream().write(callback.wire());
      RawHttp.Reply reply = RawHttp.read(socket);
      kept = "close".equalsIgnoreCase(reply.headers().get("connection")) ? null : socket;
      if (kept == null) {
        socket.close();
      }
      return reply;
    }
  }
}
