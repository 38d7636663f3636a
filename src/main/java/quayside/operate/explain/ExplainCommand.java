package quayside.operate.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import quayside.signature.Bytes;
import quayside.signature.ExternalPaths;
import quayside.signature.KeyRing;
import quayside.signature.PublicKey;

/** {@code explain FILE}: needs no service, no Kafka and no database. */
@Command(
    name = "explain",
    description = "Says why a captured callback is or is not accepted, and what to fix.",
    footer = {
      "",
      "A capture is the raw request (request line, headers, empty line, body), or JSON:",
      "  {\"path\": \"/oss/callback\", \"query\": \"\", \"headers\": {...}, \"body\": \"...\"}",
      "",
      "Exit codes: 0 verified, 1 not verified, 2 bad usage or unreadable capture."
    })
public final class ExplainCommand implements Callable<Integer> {
  private final ExplainConfig config;
  private final ExternalPaths externalPaths;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this.")
  @SuppressWarnings("UnusedVariable") // Picocli acts on it.
  private boolean help;

  @Parameters(paramLabel = "FILE", description = "File with the capture; - for standard input.")
  private String file = "";

  @Option(
      names = "--prefix",
      paramLabel = "PATH",
      description = "Path prefix that a proxy may have stripped. Repeatable.")
  private List<String> prefixes = new ArrayList<>();

  @Option(
      names = "--callback-path",
      paramLabel = "PATH",
      description = "Path that receives callbacks. Repeatable. Default: quayside.callback.paths.")
  private List<String> callbackPaths = new ArrayList<>();

  @Option(
      names = "--expect-path",
      paramLabel = "PATH",
      description = "Path that OSS dialled, as far as you know. Repeatable.")
  private List<String> expectedPaths = new ArrayList<>();

  @Option(
      names = "--expect-query",
      paramLabel = "QUERY",
      description = "Raw query that OSS sent, as far as you know. Repeatable.")
  private List<String> expectedQueries = new ArrayList<>();

  @Option(
      names = "--expect-body",
      paramLabel = "FILE",
      description = "File with the body that OSS sent, as far as you know. Repeatable.")
  private List<Path> expectedBodies = new ArrayList<>();

  @Option(
      names = "--field-order",
      paramLabel = "NAME",
      split = ",",
      description = "Names of the body fields, in the order of the callback template.")
  private List<String> fieldOrder = new ArrayList<>();

  @Option(
      names = "--base",
      paramLabel = "FILE",
      description = "Capture of a similar callback: its path, query and body are tried.")
  private @Nullable Path base;

  @Option(
      names = "--key",
      paramLabel = "URL=FILE",
      description = "PEM file of a key to trust beside the published one. Repeatable.")
  private Map<String, Path> additionalKeys = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = "--show-grant",
      description = "Show grant tokens in strings to sign; they are masked otherwise.")
  private boolean showGrant;

  /** The command; the configuration gives the callback paths and what proxies make of them. */
  public ExplainCommand(ExplainConfig config, ExternalPaths externalPaths) {
    this.config = config;
    this.externalPaths = externalPaths;
  }

  @Override
  public Integer call() {
    try {
      List<Capture> captures = CaptureReader.read(read(file));
      List<String> paths = callbackPaths.isEmpty() ? config.paths() : callbackPaths;
      Explainer explainer = new Explainer(keys(), externalPaths, paths);
      Hints hints = hints();
      List<Explanation> all = captures.stream().map(c -> explainer.explain(c, hints)).toList();
      print(all);
      return all.stream().allMatch(Explanation::isVerified) ? 0 : 1;
    } catch (UnreadableCaptureException e) {
      throw badUsage(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw badUsage("cannot read " + e.getMessage());
    }
  }

  private void print(List<Explanation> explanations) {
    ShownText shown = new ShownText(showGrant);
    PrintWriter out = command().getOut();
    if (json) {
      out.println(ExplanationJson.of(explanations, shown));
    } else {
      explanations.forEach(each -> out.println(ExplanationText.of(each, shown)));
    }
    out.flush();
  }

  private Hints hints() throws IOException, UnreadableCaptureException {
    List<String> paths = new ArrayList<>(expectedPaths);
    List<String> queries = new ArrayList<>(expectedQueries);
    List<Bytes> bodies = new ArrayList<>();
    List<List<String>> orders = new ArrayList<>();
    for (Path body : expectedBodies) {
      bodies.add(Bytes.copyOf(read(body.toString())));
    }
    if (!fieldOrder.isEmpty()) {
      orders.add(fieldOrder);
    }
    if (base != null) {
      Capture similar = CaptureReader.read(read(base.toString())).getFirst();
      paths.add(similar.path());
      if (similar.query() != null) {
        queries.add(similar.query());
      }
      bodies.add(similar.body());
      orders.add(BodyText.names(similar.body()));
    }
    return new Hints(prefixes, paths, queries, bodies, orders);
  }

  private KeyRing keys() throws IOException {
    List<PublicKey> keys = new ArrayList<>();
    for (Map.Entry<String, Path> key : additionalKeys.entrySet()) {
      try {
        keys.add(PublicKey.parse(key.getKey(), Files.readString(key.getValue())));
      } catch (IllegalArgumentException e) {
        throw badUsage("--key: " + e.getMessage());
      }
    }
    return new KeyRing(keys);
  }

  // One byte more than is accepted tells that there is too much.
  private static byte[] read(String name) throws IOException {
    int most = ExplainLimits.CAPTURE_BYTES + 1;
    if (name.equals("-")) {
      return System.in.readNBytes(most);
    }
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      return in.readNBytes(most);
    }
  }

  private CommandLine command() {
    if (spec == null) {
      throw new IllegalStateException("the command runs through picocli");
    }
    return spec.commandLine();
  }

  private CommandLine.ParameterException badUsage(String message) {
    return new CommandLine.ParameterException(command(), message);
  }
}
