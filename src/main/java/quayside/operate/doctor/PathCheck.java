package quayside.operate.doctor;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the path arrives as it was dialled, told by the reason of our refusal: a forged callback
 * that reaches Quayside unharmed is refused for its signature, and one with an escaped slash for
 * its target, unless somebody decoded it on the way.
 */
final class PathCheck implements Check {
  private static final String ESCAPED_SLASH = "%2F";

  private final Endpoint endpoint;
  private final Wire wire;

  PathCheck(Endpoint endpoint, Wire wire) {
    this.endpoint = endpoint;
    this.wire = wire;
  }

  @Override
  public String name() {
    return "path";
  }

  @Override
  public List<Finding> run() throws IOException {
    HttpReply reply = Probe.send(wire, endpoint, "HTTP/1.1");
    Finding arrived = arrived(reply);
    if (arrived.outcome() != Outcome.OK) {
      return List.of(arrived, Finding.skipped("path-raw", "the probe did not arrive"));
    }
    String escaped = endpoint.path() + ESCAPED_SLASH;
    return List.of(arrived, raw(Probe.send(wire, endpoint.withTarget(escaped), "HTTP/1.1")));
  }

  private Finding arrived(HttpReply reply) {
    String reason = reply.reason();
    if (reason == null) {
      return Finding.fail(
          "path",
          "somebody else than Quayside answers: " + described(reply),
          "Lead POST "
              + endpoint.path()
              + " to Quayside, past logins, CSRF filters and error pages.");
    }
    return switch (reason) {
      case Probe.EXPECTED_REASON ->
          Finding.ok("path", "the probe arrived and was refused as forged, as it should be");
      case "unknown-path" ->
          Finding.fail(
              "path",
              "Quayside receives no callbacks under the path that arrived",
              "Add "
                  + endpoint.path()
                  + " to quayside.callback.paths; if it is there, a proxy"
                  + " rewrites the path: have it pass the path unchanged, or configure"
                  + " quayside.callback.external-paths.");
      case "authorization-missing",
          "authorization-repeated",
          "pub-key-url-missing",
          "pub-key-url-repeated",
          "pub-key-url-not-base64",
          "signature-not-base64",
          "signature-wrong-length",
          "signature-version-repeated" ->
          Finding.fail(
              "path",
              "a header was lost or changed on its way: " + reason,
              "Have the proxy pass Authorization and x-oss-* headers unchanged.");
      case "overloaded", "not-durable", "body-timeout", "internal-error" ->
          Finding.fail(
              "path",
              "Quayside answers " + reply.status() + " " + reason,
              "Look at its log and at the checks of Kafka below.");
      default ->
          Finding.fail(
              "path",
              "Quayside refuses the probe as " + reason,
              "Compare the URL with what arrives: a proxy may rewrite path or body.");
    };
  }

  private static Finding raw(HttpReply reply) {
    String reason = reply.reason();
    if ("target-ambiguous".equals(reason)) {
      return Finding.ok("path-raw", "an escaped slash arrives escaped");
    }
    String seen =
        reason == null ? "a proxy answers it: " + described(reply) : "refused as " + reason;
    return Finding.warn(
        "path-raw",
        "an escaped slash in the path does not arrive as it was sent; " + seen,
        "Keep percent escapes and double slashes out of the path of callbackUrl, or have the proxy"
            + " pass the raw path (nginx: proxy_pass without a path).");
  }

  private static String described(HttpReply reply) {
    @Nullable String type = reply.header("content-type");
    @Nullable String server = reply.header("server");
    return "status "
        + reply.status()
        + (type == null ? "" : ", " + type)
        + (server == null ? "" : ", server " + server);
  }
}
