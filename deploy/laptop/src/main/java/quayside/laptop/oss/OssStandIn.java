package quayside.laptop.oss;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quayside.laptop.oss.callback.Callbacks;
import quayside.laptop.oss.callback.SigningKey;
import quayside.laptop.oss.http.LoopbackServer;
import quayside.laptop.oss.http.RequestIds;
import quayside.laptop.oss.operation.Router;
import quayside.laptop.oss.signature.KeyRing;
import quayside.laptop.oss.signature.PolicyVerifier;
import quayside.laptop.oss.signature.RequestVerifier;
import quayside.laptop.oss.store.MultipartStore;
import quayside.laptop.oss.store.ObjectStore;

/**
 * A running OSS stand-in. It listens on 127.0.0.1 only and keeps its data between runs. One process
 * at a time may use a data directory. Thread-safe.
 */
public final class OssStandIn implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OssStandIn.class);

  private final LoopbackServer server;
  private final Callbacks callbacks;
  private final SigningKey signingKey;
  private final int port;

  private OssStandIn(LoopbackServer server, Callbacks callbacks, SigningKey signingKey, int port) {
    this.server = server;
    this.callbacks = callbacks;
    this.signingKey = signingKey;
    this.port = port;
  }

  /**
   * Starts; when this returns, requests are answered.
   *
   * @throws IOException when the port is taken or the data directory cannot be used
   */
  public static OssStandIn start(OssStandInConfig config) throws IOException {
    return startOn(LoopbackServer.bind(config.port()), config);
  }

  /** Starts within a container, on all of its addresses. Otherwise as {@link #start}. */
  static OssStandIn startInContainer(OssStandInConfig config) throws IOException {
    return startOn(LoopbackServer.bindInContainer(config.port()), config);
  }

  private static OssStandIn startOn(ServerSocket listener, OssStandInConfig config)
      throws IOException {
    try {
      Files.createDirectories(config.dataDirectory());
      return start(config, listener);
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  private static OssStandIn start(OssStandInConfig config, ServerSocket listener)
      throws IOException {
    Path data = config.dataDirectory();
    int port = listener.getLocalPort();
    SigningKey signingKey = SigningKey.open(data);
    ObjectStore store = ObjectStore.open(data.resolve("objects"), config.buckets(), config.clock());
    MultipartStore uploads = MultipartStore.open(data.resolve("uploads"), config.clock());
    var keys = new KeyRing(config.credentials());
    var callbacks =
        new Callbacks(
            signingKey,
            endpoint(port) + "/" + SigningKey.PUBLIC_FILE,
            config.ownerId(),
            config.publicCallbacksOnly(),
            config.callbackTimeout(),
            config.clock());
    var router =
        new Router(
            new RequestVerifier(keys, config.region(), config.clock()),
            new PolicyVerifier(keys, config.region(), config.clock()),
            store,
            uploads,
            callbacks,
            signingKey,
            config.ownerId());
    var requestIds = new RequestIds(config.clock(), new SecureRandom());
    LoopbackServer server = LoopbackServer.serve(listener, router, config.buckets(), requestIds);
    LOG.info(
        "OSS stand-in listens endpoint={} buckets={} data={}",
        endpoint(port),
        config.buckets(),
        data);
    return new OssStandIn(server, callbacks, signingKey, port);
  }

  public int port() {
    return port;
  }

  /** What to give an SDK as endpoint. */
  public String endpoint() {
    return endpoint(port);
  }

  private static String endpoint(int port) {
    return "http://127.0.0.1:" + port;
  }

  /**
   * The PEM file that callbacks of this stand-in verify with; also served at {@link
   * #publicKeyUrl()}.
   */
  public Path publicKeyFile() {
    return signingKey.publicFile();
  }

  /** What callbacks carry, base64-encoded, in {@code x-oss-pub-key-url}. */
  public String publicKeyUrl() {
    return endpoint() + "/" + SigningKey.PUBLIC_FILE;
  }

  /** Stops listening, lets requests in progress finish within a few seconds, and returns. */
  @Override
  public void close() {
    server.close();
    callbacks.close();
    LOG.info("OSS stand-in stopped endpoint={}", endpoint());
  }
}
