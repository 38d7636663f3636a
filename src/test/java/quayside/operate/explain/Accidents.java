package quayside.operate.explain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import quayside.callback.TestSigner;
import quayside.signature.Bytes;
import quayside.signature.ExternalPaths;
import quayside.signature.KeyRing;
import quayside.signature.PublicKey;

/**
 * A callback that OSS signed, and what became of it on its way. The signature is the JDK's, by a
 * key of the test's own.
 */
final class Accidents {
  static final TestSigner SIGNER = TestSigner.generate();
  static final KeyRing KEYS =
      new KeyRing(List.of(PublicKey.parse(TestSigner.URL, SIGNER.publicPem())));

  private final byte[] signature;
  private final List<Capture.Header> headers = new ArrayList<>();
  private String target;
  private byte[] body;

  private Accidents(String signedPath, String rawTarget, byte[] body) {
    int query = rawTarget.indexOf('?');
    String head = signedPath + (query < 0 ? "" : rawTarget.substring(query)) + "\n";
    this.signature = SIGNER.sign(Bytes.join(Bytes.utf8(head), Bytes.copyOf(body)).toArray());
    this.target = rawTarget;
    this.body = body.clone();
    header("Authorization", Base64.getEncoder().encodeToString(signature));
    header("x-oss-pub-key-url", base64(TestSigner.URL));
    header("x-oss-signature-version", "1.0");
  }

  /** OSS sent this. */
  static Accidents sent(String target, String body) {
    int query = target.indexOf('?');
    return sent(query < 0 ? target : target.substring(0, query), target, body);
  }

  /** As above, with a path that decodes to something else. */
  static Accidents sent(String signedPath, String target, String body) {
    return new Accidents(signedPath, target, body.getBytes(StandardCharsets.UTF_8));
  }

  static Accidents sent(String target, byte[] body) {
    return new Accidents(target, target, body);
  }

  Accidents arrivedAt(String received) {
    target = received;
    return this;
  }

  Accidents arrivedWith(String received) {
    return arrivedWith(received.getBytes(StandardCharsets.UTF_8));
  }

  Accidents arrivedWith(byte[] received) {
    body = received.clone();
    return this;
  }

  Accidents header(String name, String value) {
    headers.removeIf(header -> header.name().equals(name));
    headers.add(new Capture.Header(name, value));
    return this;
  }

  Accidents without(String name) {
    headers.removeIf(header -> header.name().equals(name));
    return this;
  }

  Accidents repeated(String name, String value) {
    headers.add(new Capture.Header(name, value));
    return this;
  }

  byte[] signature() {
    return signature.clone();
  }

  Capture capture() {
    return new Capture("", "POST", target, headers, Bytes.copyOf(body));
  }

  Explanation explained() {
    return explained(Hints.NONE);
  }

  Explanation explained(Hints hints) {
    return new Explainer(KEYS, new ExternalPaths(Map.of()), List.of("/oss/callback"))
        .explain(capture(), hints);
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
