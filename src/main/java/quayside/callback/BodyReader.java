package quayside.callback;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import quayside.signature.Bytes;

/**
 * Reads the raw body of a request, never more than a limit, nor more than all bodies together may
 * hold. A length announced beyond the limit is refused before a byte is read. Thread-safe; does not
 * block. To be subscribed to on the event loop of the request; the time it takes is bounded by the
 * {@link Deadline}.
 */
final class BodyReader {
  private final long maxSize;

  BodyReader(long maxSize) {
    this.maxSize = maxSize;
  }

  /** The body, or {@link CallbackRefusedException}. */
  Uni<Bytes> read(HttpServerRequest request, long announcedLength, InFlight.Share share) {
    if (announcedLength > maxSize) {
      return Uni.createFrom().failure(new CallbackRefusedException(RefusalReason.BODY_TOO_LARGE));
    }
    if (request.isEnded()) {
      return Uni.createFrom().item(Bytes.EMPTY);
    }
    return Uni.createFrom().emitter(body -> collect(request, share, body));
  }

  private void collect(
      HttpServerRequest request, InFlight.Share share, UniEmitter<? super Bytes> emitter) {
    Buffer body = Buffer.buffer();
    request.exceptionHandler(
        gone -> emitter.fail(new CallbackRefusedException(RefusalReason.BODY_INCOMPLETE)));
    request.endHandler(end -> emitter.complete(Bytes.copyOf(body.getBytes())));
    request.handler(chunk -> {
      try {
        take(chunk, body, share);
      } catch (CallbackRefusedException e) {
        ignoreTheRest(request);
        emitter.fail(e);
      }
    });
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    request.resume();
  }

  private void take(Buffer chunk, Buffer body, InFlight.Share share)
      throws CallbackRefusedException {
    if (body.length() + chunk.length() > maxSize) {
      throw new CallbackRefusedException(RefusalReason.BODY_TOO_LARGE);
    }
    share.hold(chunk.length());
    body.appendBuffer(chunk);
  }

  private static void ignoreTheRest(HttpServerRequest request) {
    request.handler(null);
    request.endHandler(null);
    request.pause();
  }
}
