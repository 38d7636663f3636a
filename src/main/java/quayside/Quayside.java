package quayside;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the service, or with arguments runs a {@linkplain OperatorCommands command} in its place.
 *
 * <p>Before the service starts, the framework's own check of request targets is taken out of the
 * way: that one refuses everything {@code java.net.URI} cannot parse, among it raw queries that OSS
 * signs and sends, and answers without a body. The callback edge checks targets itself and more
 * strictly; other resources see a 404 or 400 as before. On a terminal the log is text, not JSON.
 */
@QuarkusMain
public final class Quayside {

  /** Runs until the process is asked to stop, or the command has ended. */
  public static void main(String... args) {
    if (args.length > 0) {
      System.exit(OperatorCommands.run(args));
    }
    System.setProperty("vertx.disableURIValidation", "true");
    if (System.console() != null && System.console().isTerminal()) {
      System.setProperty("quayside.log.json", "false");
    }
    Quarkus.run(args);
  }
}
