package quayside.operate.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How the endpoint answers: no redirect, with Content-Length and not chunked, to HTTP/1.0 and 1.1,
 * and closing when asked to, as OSS asks each time.
 */
final class AnswerCheck implements Check {
  private final Endpoint endpoint;
  private final Wire wire;

  AnswerCheck(Endpoint endpoint, Wire wire) {
    this.endpoint = endpoint;
    this.wire = wire;
  }

  @Override
  public String name() {
    return "answer";
  }

  @Override
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    for (String version : List.of("HTTP/1.1", "HTTP/1.0")) {
      try {
        HttpReply reply = Probe.send(wire, endpoint, version);
        if (version.equals("HTTP/1.1")) {
          findings.add(redirect(reply));
        }
        findings.add(form(reply, version));
      } catch (IOException e) {
        findings.add(
            Finding.fail(
                check(version),
                version + " is not answered: " + Causes.text(e),
                "Have the endpoint answer " + version + " requests with Connection: close."));
      }
    }
    return findings;
  }

  private Finding redirect(HttpReply reply) {
    if (!reply.isRedirect()) {
      return Finding.ok("redirect", "none");
    }
    String location = String.valueOf(reply.header("location"));
    String seen = "status " + reply.status() + " leads to " + location;
    if (!endpoint.tls() && location.startsWith("https:")) {
      return Finding.fail(
          "redirect",
          seen + ": http is redirected to https",
          "OSS follows no redirects: put the https URL into callbackUrl.");
    }
    if (path(location).equals(endpoint.path() + "/")
        || (path(location) + "/").equals(endpoint.path())) {
      return Finding.fail(
          "redirect",
          seen + ": the slash at the end of the path differs",
          "OSS follows no redirects: put that very path into callbackUrl.");
    }
    return Finding.fail(
        "redirect",
        seen,
        "OSS follows no redirects: put the final URL into callbackUrl, and exempt this path from login"
            + " pages.");
  }

  private static String path(String location) {
    int authority = location.indexOf("://");
    int slash = authority < 0 ? 0 : location.indexOf('/', authority + 3);
    String path = slash < 0 ? "/" : location.substring(slash);
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static Finding form(HttpReply reply, String version) {
    String check = check(version);
    if (reply.isChunked()) {
      return Finding.fail(
          check,
          "the answer to " + version + " is chunked",
          "OSS wants Content-Length: switch off response buffering or compression that chunks the"
              + " answer (nginx: gzip off for this path).");
    }
    String length = reply.header("content-length");
    if (length == null || length.equals("0")) {
      return Finding.fail(
          check,
          "the answer to " + version + " has Content-Length " + length,
          "OSS wants a body with its length: have the proxy pass the answer unchanged.");
    }
    if (!reply.closed()) {
      return Finding.warn(
          check,
          "the connection stays open after an answer to Connection: close",
          "Have the server close it: OSS opens one for each callback.");
    }
    return Finding.ok(check, "answered with Content-Length " + length + " and closed");
  }

  private static String check(String version) {
    return version.equals("HTTP/1.0") ? "http-1.0" : "http-1.1-close";
  }
}
