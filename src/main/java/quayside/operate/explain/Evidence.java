package quayside.operate.explain;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;
import quayside.signature.PercentCoding;

/** What the unsigned headers tell about the rest: hints, since nobody vouches for them. */
final class Evidence {
  private Evidence() {}

  /** In words, most telling first. */
  static List<String> of(Capture capture) {
    List<String> evidence = new ArrayList<>();
    contentMd5(capture)
        .ifPresent(matches ->
            evidence.add(
                matches
                    ? "Content-MD5 is that of the body: the body is as OSS sent it, look at path and query"
                    : "Content-MD5 is not that of the body: the body was changed"));
    add(evidence, contentLength(capture));
    if (!capture.method().equals("POST")) {
      evidence.add("the method is " + capture.method() + "; OSS sends POST, others are refused");
    }
    if (capture.query() != null && capture.query().isEmpty()) {
      evidence.add("the target ends in a question mark; the edge takes that for no query");
    }
    String body = PercentCoding.strictUtf8(capture.body().toArray());
    if (body != null && body.indexOf('\uFFFD') >= 0) {
      evidence.add("the body has replacement characters (U+FFFD): bytes were lost in decoding");
    }
    return evidence;
  }

  /** Whether Content-MD5 is the MD5 of the body; empty when there is none. */
  static Optional<Boolean> contentMd5(Capture capture) {
    List<String> values = capture.all("content-md5");
    if (values.size() != 1) {
      return Optional.empty();
    }
    byte[] md5 = Search.md5(capture.body()).toArray();
    return Optional.of(values.getFirst().equals(Base64.getEncoder().encodeToString(md5)));
  }

  private static @Nullable String contentLength(Capture capture) {
    List<String> values = capture.all("content-length");
    Bytes body = capture.body();
    if (values.size() != 1 || values.getFirst().equals(Integer.toString(body.length()))) {
      return null;
    }
    return "Content-Length is " + values.getFirst() + ", the body has " + body.length() + " bytes";
  }

  private static void add(List<String> evidence, @Nullable String found) {
    if (found != null) {
      evidence.add(found);
    }
  }
}
