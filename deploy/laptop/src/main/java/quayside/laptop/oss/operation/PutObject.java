package quayside.laptop.oss.operation;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import quayside.laptop.oss.callback.Callbacks;
import quayside.laptop.oss.http.OssHandler;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.http.OssResponse;
import quayside.laptop.oss.store.Content;
import quayside.laptop.oss.store.Draft;
import quayside.laptop.oss.store.ObjectStore;
import quayside.laptop.oss.store.StoredObject;

/** PutObject, plain or presigned, with or without a callback. */
final class PutObject implements OssHandler {
  private final ObjectStore store;
  private final Callbacks callbacks;
  private final UploadAnswer uploadAnswer;

  PutObject(ObjectStore store, Callbacks callbacks, UploadAnswer uploadAnswer) {
    this.store = store;
    this.callbacks = callbacks;
    this.uploadAnswer = uploadAnswer;
  }

  @Override
  public OssResponse handle(OssRequest request) throws IOException {
    Optional<Callbacks.Plan> plan = callbacks.plan(request);
    Optional<String> contentMd5 = request.header("content-md5");
    Digest.requireWellFormed(contentMd5);
    Content content = store.receive(request.body());
    Draft draft =
        Storing.draft(request.bucket(), request.key(), content, single(request), contentMd5);
    StoredObject object = Storing.commit(store, draft, content, c -> Digest.require(contentMd5, c));
    return uploadAnswer.answer(
        request,
        "PutObject",
        object,
        plan,
        () -> OssResponse.empty(200).with("Content-MD5", Digest.base64(content)));
  }

  /** The headers with one value each. */
  static Map<String, String> single(OssRequest request) {
    var single = new HashMap<String, String>();
    request.headers().forEach((name, values) -> single.put(name, String.join(",", values)));
    return single;
  }
}
