package quayside.laptop.oss.operation;

import java.util.Optional;
import java.util.function.Supplier;
import quayside.laptop.oss.callback.CallbackOutcome;
import quayside.laptop.oss.callback.Callbacks;
import quayside.laptop.oss.callback.Upload;
import quayside.laptop.oss.http.OssException;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.http.OssResponse;
import quayside.laptop.oss.store.ObjectStore;
import quayside.laptop.oss.store.StoredObject;

/**
 * The last step of the three uploads that may carry a callback: perform it, and answer with what
 * the receiver said, or {@code 203 CallbackFailed}, or the operation's own answer when none was
 * asked for. The object is stored already and stays in every case. Thread-safe.
 */
final class UploadAnswer {
  private final ObjectStore store;
  private final Callbacks callbacks;

  UploadAnswer(ObjectStore store, Callbacks callbacks) {
    this.store = store;
    this.callbacks = callbacks;
  }

  OssResponse answer(
      OssRequest request,
      String operation,
      StoredObject object,
      Optional<Callbacks.Plan> plan,
      Supplier<OssResponse> withoutCallback) {
    var upload = new Upload(object, operation, request.requestId(), request.clientIp());
    OssResponse response =
        plan.map(p -> callbacks.perform(p, upload, store.contentFile(object)))
            .map(outcome -> told(outcome, request))
            .orElseGet(withoutCallback);
    return response.with("ETag", object.quotedEtag()).with("x-oss-hash-crc64ecma", object.crc64());
  }

  private static OssResponse told(CallbackOutcome outcome, OssRequest request) {
    return switch (outcome) {
      case CallbackOutcome.Delivered delivered ->
          OssResponse.bytes(200, delivered.contentType(), delivered.body());
      case CallbackOutcome.Failed failed -> {
        var error = new OssException(203, "CallbackFailed", failed.message());
        if (!failed.ec().isEmpty()) {
          error.with("EC", failed.ec());
        }
        yield OssResponse.error(error, request.requestId(), request.host());
      }
    };
  }
}
