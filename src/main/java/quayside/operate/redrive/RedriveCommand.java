package quayside.operate.redrive;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code redrive}: asks a running service; the work is done there. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Moves dead letters back to the consumer group that gave them up; lists them; shows one.",
      "Conditions are all to be met. Moving again what was moved is avoided, and harmless."
    },
    footer = {
      "",
      "Examples:",
      "  redrive --list --group quayside-thumbnail",
      "  redrive --show oss.object.uploaded.v1.quayside-thumbnail.dlq/0/17",
      "  redrive --cause image-truncated --from 2026-01-31T00:00:00Z --dry-run",
      "  redrive --bucket uploads --prefix photos/ --rate 50",
      "",
      "Exit codes: 0 done, 1 the service failed or does not answer, 2 bad usage."
    })
public final class RedriveCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--list", description = "List them; move nothing.")
  private boolean list;

  @Option(
      names = "--show",
      paramLabel = "POSITION",
      description = "Show one: topic/partition/offset, as listed.")
  private @Nullable String show;

  @Option(names = "--dry-run", description = "Only count what would be moved.")
  private boolean dryRun;

  @Option(names = "--group", description = "Consumer group that gave them up.")
  private @Nullable String group;

  @Option(names = "--topic", description = "Topic they were first read from.")
  private @Nullable String topic;

  @Option(
      names = "--id",
      split = ",",
      description = "Event id, or position of the dead letter. Repeatable.")
  private List<String> ids = new ArrayList<>();

  @Option(names = "--bucket", description = "Bucket of the object.")
  private @Nullable String bucket;

  @Option(names = "--key", description = "Key of the object.")
  private @Nullable String key;

  @Option(names = "--prefix", description = "Beginning of the key.")
  private @Nullable String prefix;

  @Option(names = "--cause", description = "Cause, such as image-truncated.")
  private @Nullable String cause;

  @Option(names = "--from", paramLabel = "TIME", description = "Set aside then or later.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Set aside before.")
  private @Nullable String to;

  @Option(names = "--all", description = "Needed to move everything: without any condition.")
  private boolean all;

  @Option(names = "--redriven", description = "With --list: those moved before, too.")
  private boolean redriven;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Most records moved per second. Default: " + RedriveOrder.DEFAULT_RATE + ".")
  private @Nullable Integer rate;

  @Option(names = "--limit", paramLabel = "N", description = "Most records moved, or listed.")
  private @Nullable Long limit;

  @Option(
      names = "--by",
      paramLabel = "WHO",
      description = "Who moves them, kept with each. Default: the user's name.")
  private String by = System.getProperty("user.name", "");

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:9001",
      description = "Management port of the service. Default: ${DEFAULT-VALUE}.")
  private URI url = URI.create("http://127.0.0.1:9001");

  @Override
  public Integer call() throws InterruptedException {
    try (RedriveClient client = new RedriveClient(url)) {
      return run(client);
    } catch (IllegalArgumentException e) {
      throw badUsage(String.valueOf(e.getMessage()));
    } catch (RedriveClient.RefusedException e) {
      if (e.isBadRequest()) {
        throw badUsage(String.valueOf(e.getMessage()));
      }
      return failed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return failed("no answer from " + url + ": " + e);
    }
  }

  private int run(RedriveClient client)
      throws IOException, InterruptedException, RedriveClient.RefusedException {
    DeadLetterFilter filter =
        new DeadLetterFilter(group, topic, ids, bucket, key, prefix, cause, from, to);
    if (show != null) {
      Position position =
          Position.parse(show)
              .orElseThrow(() -> badUsage("--show: " + show + " is not topic/partition/offset"));
      out().println(client.show(position));
    } else if (list) {
      list(client, filter);
    } else {
      RedriveOrder order = new RedriveOrder(by, filter, all, dryRun, rate, limit);
      ProgressBar bar = new ProgressBar(out(), isTerminal());
      RedriveProgress end = client.redrive(order, bar::show);
      out().println(summary(end));
    }
    out().flush();
    return 0;
  }

  private void list(RedriveClient client, DeadLetterFilter filter)
      throws IOException, InterruptedException, RedriveClient.RefusedException {
    long most = limit == null ? Long.MAX_VALUE : limit;
    String cursor = null;
    do {
      DeadLetterPage page = client.list(filter, cursor, redriven);
      for (DeadLetterView letter : page.deadLetters()) {
        if (most-- <= 0) {
          return;
        }
        out().println(line(letter));
      }
      cursor = page.nextCursor();
    } while (cursor != null);
  }

  private static String line(DeadLetterView letter) {
    return String.join(
        "  ",
        letter.time(),
        letter.position(),
        String.valueOf(letter.cause()),
        printable(String.valueOf(letter.recordKey())),
        "id=" + printable(String.valueOf(letter.eventId())),
        "attempts=" + letter.attempts(),
        (letter.redriven() ? "redriven " : "") + printable(String.valueOf(letter.reason())));
  }

  // What senders wrote must not steer the terminal.
  private static String printable(String text) {
    return text.replaceAll("\\p{C}", "?");
  }

  private String summary(RedriveProgress end) {
    String moved =
        dryRun ? "would move " + (end.matched() - end.alreadyMoved()) : "moved " + end.moved();
    return moved + ", moved before " + end.alreadyMoved() + ", matched " + end.matched();
  }

  private static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  private int failed(String message) {
    spec().commandLine().getErr().println("redrive: " + message);
    return 1;
  }

  private CommandLine.ParameterException badUsage(String message) {
    return new CommandLine.ParameterException(spec().commandLine(), message);
  }

  private PrintWriter out() {
    return spec().commandLine().getOut();
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("not run as a command");
    }
    return spec;
  }
}
