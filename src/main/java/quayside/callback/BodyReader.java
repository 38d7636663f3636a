package quayside.callback;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import quayside.signature.Bytes;

/**
 * Reads the raw body of a request, never more than a limit and never longer than a time. A length
 * announced beyond the limit is refused before a byte is read. Thread-safe; does not block. To be
 * subscribed to on the event loop of the request.
 */
final class BodyReader {
  private final long maxSize;
  private final Duration timeout;

  BodyReader(long maxSize, Duration timeout) {
    this.maxSize = maxSize;
    this.timeout = timeout;
  }

  /** The body, or {@link CallbackRefusedException}. */
  Uni<Bytes> read(HttpServerRequest request, long announcedLength) {
    if (announcedLength > maxSize) {
      return Uni.createFrom().failure(new CallbackRefusedException(RefusalReason.BODY_TOO_LARGE));
    }
    if (request.isEnded()) {
      return Uni.createFrom().item(Bytes.EMPTY);
    }
    return Uni.createFrom()
        .<Bytes>emitter(emitter -> collect(request, emitter))
        .ifNoItem()
        .after(timeout)
        .failWith(() -> new CallbackRefusedException(RefusalReason.BODY_TIMEOUT));
  }

  private void collect(HttpServerRequest request, UniEmitter<? super Bytes> emitter) {
    Buffer body = Buffer.buffer();
    request.exceptionHandler(
        gone -> emitter.fail(new CallbackRefusedException(RefusalReason.BODY_INCOMPLETE)));
    request.endHandler(end -> emitter.complete(Bytes.copyOf(body.getBytes())));
    request.handler(chunk -> {
      if (body.length() + chunk.length() > maxSize) {
        request.handler(null);
        request.endHandler(null);
        request.pause();
        emitter.fail(new CallbackRefusedException(RefusalReason.BODY_TOO_LARGE));
      } else {
        body.appendBuffer(chunk);
      }
    });
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    request.resume();
  }
}
