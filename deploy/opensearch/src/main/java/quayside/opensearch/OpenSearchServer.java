package quayside.opensearch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.common.settings.Settings;

/**
 * One OpenSearch node on 127.0.0.1, without security, in the foreground: for laptops and tests, and
 * never for production. Data is kept in its directory. Ends with SIGTERM, and with its standard
 * input when told to.
 */
public final class OpenSearchServer {
  // What the index needs; the others cost start time and memory.
  private static final String MODULES =
      "org.opensearch.analysis.common.CommonAnalysisModulePlugin,org.opensearch.transport.Netty4ModulePlugin";

  private OpenSearchServer() {}

  /**
   * Arguments: port for HTTP, directory for data and logs, and {@code --stop-on-eof} for those who
   * start it from a program. Prints one line when it serves.
   */
  public static void main(String[] args) throws InterruptedException {
    boolean stopOnEof = args.length == 3 && args[2].equals("--stop-on-eof");
    if (args.length != 2 && !stopOnEof) {
      System.err.println("usage: quayside-opensearch <port> <data directory> [--stop-on-eof]");
      System.exit(2);
    }
    if (stopOnEof) {
      Thread.ofPlatform().daemon().name("stdin").start(OpenSearchServer::exitAtEndOfInput);
    }
    PrintStream out = System.out; // logging takes it over while the node starts
    OpenSearchRunner runner = new OpenSearchRunner();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(runner), "stop-opensearch"));
    runner.onBuild((number, settings) -> configure(settings, args[0]));
    runner.setMaxHttpPort(-1); // the port is ours; the runner would insist on a range of its own
    Path directory = Path.of(args[1]).toAbsolutePath();
    runner.build("-basePath", directory.toString(), "-numOfNode", "1", "-moduleTypes", MODULES);
    out.println("OpenSearch ready on http://127.0.0.1:" + args[0]);
    new CountDownLatch(1).await();
  }

  private static void configure(Settings.Builder settings, String port) {
    settings
        .put("network.host", "127.0.0.1")
        .put("http.port", port)
        .put("transport.port", "0")
        .put("discovery.type", "single-node")
        // A laptop's disk is often fuller than what a cluster would tolerate.
        .put("cluster.routing.allocation.disk.threshold_enabled", false)
        // Nobody's typing mistake may make an index.
        .put("action.auto_create_index", false);
  }

  private static void exitAtEndOfInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException endOfInput) {
      // A broken pipe says the same as its end.
    }
    System.exit(0);
  }

  private static void close(OpenSearchRunner runner) {
    try {
      runner.close();
    } catch (IOException e) {
      System.err.println("OpenSearch did not stop in good order: " + e.getMessage());
    }
  }
}
