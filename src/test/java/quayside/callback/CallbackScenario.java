package quayside.callback;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import quayside.signature.Bytes;
import quayside.signature.RequestTarget;
import quayside.signature.SignatureRefusedException;

/**
 * A callback as OSS sends it: valid unless one thing is broken with a {@code withX}. What is signed
 * (target, body) is signed when the scenario is built; what is broken afterwards ({@code
 * tampered...}) is not signed again.
 */
final class CallbackScenario {
  /** A header in its place; names may repeat. */
  record Header(String name, String value) {}

  private final TestSigner signer;
  private final List<UnaryOperator<List<Header>>> headerChanges = new ArrayList<>();
  private String target = "/oss/callback";
  private String signedPath = "/oss/callback";
  private byte[] body =
      "bucket=uploads&object=a%2Fb.txt&size=5&etag=5D41402ABC4B2A76B9719D911017C592"
          .getBytes(StandardCharsets.UTF_8);
  private byte[] sentBody;
  private String sentTarget;
  private String keyUrl = TestSigner.URL;
  private byte[] signature;

  private CallbackScenario(TestSigner signer) {
    this.signer = signer;
  }

  static CallbackScenario signedBy(TestSigner signer) {
    return new CallbackScenario(signer);
  }

  /** A target whose path has no escapes. */
  CallbackScenario withTarget(String value) {
    return withTarget(value, RequestTarget.rawPath(value));
  }

  /** A target whose path decodes to something else. */
  CallbackScenario withTarget(String value, String decodedPath) {
    target = value;
    signedPath = decodedPath;
    return this;
  }

  CallbackScenario withBody(String value) {
    return withBody(value.getBytes(StandardCharsets.UTF_8));
  }

  CallbackScenario withBody(byte[] value) {
    body = value.clone();
    return this;
  }

  CallbackScenario withKeyUrl(String value) {
    keyUrl = value;
    return this;
  }

  CallbackScenario withSignature(byte[] value) {
    signature = value.clone();
    return this;
  }

  CallbackScenario withHeader(String name, String value) {
    headerChanges.add(headers -> {
      List<Header> changed =
          new ArrayList<>(headers.stream().filter(h -> !h.name().equalsIgnoreCase(name)).toList());
      changed.add(new Header(name, value));
      return changed;
    });
    return this;
  }

  CallbackScenario withAdditionalHeader(String name, String value) {
    headerChanges.add(headers -> {
      List<Header> changed = new ArrayList<>(headers);
      changed.add(new Header(name, value));
      return changed;
    });
    return this;
  }

  CallbackScenario withoutHeader(String name) {
    headerChanges.add(
        headers -> headers.stream().filter(h -> !h.name().equalsIgnoreCase(name)).toList());
    return this;
  }

  CallbackScenario tamperedTarget(String value) {
    sentTarget = value;
    return this;
  }

  CallbackScenario tamperedBody(byte[] value) {
    sentBody = value.clone();
    return this;
  }

  String target() {
    return sentTarget == null ? target : sentTarget;
  }

  byte[] body() {
    return (sentBody == null ? body : sentBody).clone();
  }

  byte[] signature() {
    return signature == null ? signer.sign(signedBytes()) : signature.clone();
  }

  byte[] signedBytes() {
    int query = target.indexOf('?');
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(signedPath.getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes((query < 0 ? "" : target.substring(query)).getBytes(StandardCharsets.UTF_8));
    bytes.write('\n');
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  List<Header> headers() {
    Base64.Encoder base64 = Base64.getEncoder();
    List<Header> headers =
        List.of(
            new Header("Authorization", base64.encodeToString(signature())),
            new Header(
                "x-oss-pub-key-url",
                base64.encodeToString(keyUrl.getBytes(StandardCharsets.UTF_8))),
            new Header("x-oss-signature-version", "1.0"),
            new Header("x-oss-bucket", "uploads"),
            new Header("x-oss-owner", "1050784833268046"),
            new Header("x-oss-requester", "1050784833268047"),
            new Header("x-oss-request-id", "5CF3E7821AB22D0FDB86704D"),
            new Header("x-oss-tag", "CALLBACK"),
            new Header("Content-Type", "application/x-www-form-urlencoded"),
            new Header("User-Agent", "aliyun-oss-callback"));
    for (UnaryOperator<List<Header>> change : headerChanges) {
      headers = change.apply(headers);
    }
    return headers;
  }

  UnverifiedCallback unverified() throws CallbackRefusedException {
    List<Header> headers = headers();
    CallbackHeaders ofInterest =
        CallbackHeaders.of(name ->
            headers.stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList());
    try {
      return new UnverifiedCallback(
          RequestTarget.parse(target()), ofInterest, Bytes.copyOf(body()));
    } catch (SignatureRefusedException e) {
      throw new CallbackRefusedException(e);
    }
  }

  /** The request as bytes on the wire, with Content-Length. */
  byte[] wire() {
    return wire("HTTP/1.1");
  }

  byte[] wire(String version) {
    return wire("POST", version);
  }

  byte[] wire(String method, String version) {
    return RawHttp.request(method, target(), version, headers(), body());
  }
}
