package quayside.laptop.oss.operation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import quayside.laptop.oss.callback.Callbacks;
import quayside.laptop.oss.callback.SigningKey;
import quayside.laptop.oss.http.Address;
import quayside.laptop.oss.http.Cors;
import quayside.laptop.oss.http.OssException;
import quayside.laptop.oss.http.OssHandler;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.http.OssResponse;
import quayside.laptop.oss.signature.PolicyVerifier;
import quayside.laptop.oss.signature.RequestVerifier;
import quayside.laptop.oss.store.MultipartStore;
import quayside.laptop.oss.store.ObjectStore;

/**
 * Decides which operation a request is. Everything is verified first, save three things that carry
 * no signature in OSS either: CORS preflights, the callback public key, and PostObject, which
 * verifies its policy itself. Operations the stand-in does not have are refused with {@code 501
 * NotImplemented}, never half done.
 */
public final class Router implements OssHandler {
  /** Sub-resources and headers that change what a request means, and that the stand-in has not. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "acl",
          "append",
          "cors",
          "delete",
          "encryption",
          "lifecycle",
          "live",
          "location",
          "policy",
          "referer",
          "restore",
          "seal",
          "stat",
          "symlink",
          "tagging",
          "versionId",
          "versioning",
          "versions",
          "vod",
          "website",
          "worm",
          "x-oss-process",
          "x-oss-async-process");

  private final RequestVerifier verifier;
  private final ObjectStore store;
  private final SigningKey signingKey;
  private final PutObject putObject;
  private final GetObject getObject;
  private final DeleteObject deleteObject;
  private final ListObjects listObjects;
  private final PostObject postObject;
  private final MultipartUpload multipart;
  private final CompleteMultipartUpload complete;

  public Router(
      RequestVerifier verifier,
      PolicyVerifier policies,
      ObjectStore store,
      MultipartStore uploads,
      Callbacks callbacks,
      SigningKey signingKey,
      String ownerId) {
    this.verifier = verifier;
    this.store = store;
    this.signingKey = signingKey;
    var uploadAnswer = new UploadAnswer(store, callbacks);
    this.putObject = new PutObject(store, callbacks, uploadAnswer);
    this.getObject = new GetObject(store);
    this.deleteObject = new DeleteObject(store);
    this.listObjects = new ListObjects(store, ownerId);
    this.postObject = new PostObject(store, policies, callbacks, uploadAnswer);
    this.multipart = new MultipartUpload(uploads);
    this.complete = new CompleteMultipartUpload(store, uploads, callbacks, uploadAnswer);
  }

  @Override
  public OssResponse handle(OssRequest request) throws IOException {
    if (request.method().equals("OPTIONS")) {
      return Cors.preflight(request);
    }
    if (isPublicKey(request)) {
      byte[] pem = signingKey.publicPem().getBytes(StandardCharsets.US_ASCII);
      return OssResponse.bytes(200, "application/x-x509-ca-cert", pem);
    }
    if (isForm(request)) {
      requireBucket(request.address().asPathStyle().orElse(request.address()));
      return postObject.handle(request);
    }
    verify(request);
    if (request.address().bucket() == null) {
      throw notImplemented();
    }
    requireBucket(request.address());
    return route(request);
  }

  /**
   * A signature that is right for the path-style reading means a bucket we do not have, not a wrong
   * signature.
   */
  private void verify(OssRequest request) {
    try {
      verifier.verify(request);
    } catch (OssException refusal) {
      request.address().asPathStyle().ifPresent(other -> requireOurs(request.at(other)));
      throw refusal;
    }
  }

  private void requireOurs(OssRequest otherReading) {
    try {
      verifier.verify(otherReading);
    } catch (OssException e) {
      return; // not signed for that reading either
    }
    requireBucket(otherReading.address());
  }

  private void requireBucket(Address address) {
    if (!store.hasBucket(address.bucket())) {
      throw new OssException(404, "NoSuchBucket", "The specified bucket does not exist.")
          .with("BucketName", address.bucket() == null ? "" : address.bucket());
    }
  }

  private OssResponse route(OssRequest request) throws IOException {
    boolean unsupported = UNSUPPORTED.stream().anyMatch(request.query()::has);
    if (unsupported || request.header("x-oss-copy-source").isPresent()) {
      throw notImplemented();
    }
    return request.address().key() == null ? bucketOperation(request) : objectOperation(request);
  }

  private OssResponse bucketOperation(OssRequest request) throws IOException {
    boolean list = request.method().equals("GET") && !request.query().has("uploads");
    if (!list) {
      throw notImplemented();
    }
    return listObjects.handle(request);
  }

  private OssResponse objectOperation(OssRequest request) throws IOException {
    boolean upload = request.query().has("uploadId");
    return switch (request.method()) {
      case "GET" -> upload ? multipart.listParts(request) : getObject.handle(request);
      case "HEAD" -> getObject.handle(request);
      case "PUT" -> upload ? multipart.uploadPart(request) : putObject.handle(request);
      case "DELETE" -> upload ? multipart.abort(request) : deleteObject.handle(request);
      case "POST" -> {
        if (request.query().has("uploads")) {
          yield multipart.initiate(request);
        }
        if (upload) {
          yield complete.handle(request);
        }
        throw notImplemented();
      }
      default ->
          throw new OssException(
              405,
              "MethodNotAllowed",
              "The specified method is not allowed against this resource.");
    };
  }

  private static boolean isForm(OssRequest request) {
    Optional<String> type = request.header("content-type").map(t -> t.toLowerCase(Locale.ROOT));
    return request.method().equals("POST")
        && request.header("authorization").isEmpty()
        && type.filter(t -> t.startsWith("multipart/form-data")).isPresent();
  }

  /** Unsigned only; a signed request for such a name means an object. */
  private static boolean isPublicKey(OssRequest request) {
    boolean read = request.method().equals("GET") || request.method().equals("HEAD");
    boolean unsigned =
        request.header("authorization").isEmpty() && request.query().parameters().isEmpty();
    String name =
        request.address().key() == null ? request.address().bucket() : request.address().key();
    return read && unsigned && SigningKey.PUBLIC_FILE.equals(name);
  }

  private static OssException notImplemented() {
    return new OssException(
        501,
        "NotImplemented",
        "The OSS stand-in does not have this operation; see OSS-STAND-IN.md for what it has.");
  }
}
