package quayside.laptop.oss.http;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** One client connection: serves requests in turn and knows whether one is in progress. */
final class Connection {
  private final DefaultBHttpServerConnection wire;
  private final HttpService service;
  private volatile boolean busy;

  Connection(DefaultBHttpServerConnection wire, HttpService service) {
    this.wire = wire;
    this.service = service;
  }

  /**
   * Returns when the client has gone, asked to close, stayed silent too long, or the server is
   * closing.
   */
  void serveUntilClosed(BooleanSupplier closing) throws IOException, HttpException {
    Timeout idle = wire.getSocketTimeout();
    while (wire.isOpen() && !closing.getAsBoolean() && wire.isDataAvailable(idle)) {
      busy = true;
      service.handleRequest(wire, HttpCoreContext.create());
      busy = false;
    }
    wire.close();
  }

  void closeIfIdle() {
    if (!busy) {
      cut();
    }
  }

  void cut() {
    wire.close(CloseMode.IMMEDIATE);
  }
}
