package quayside.callback;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;

/**
 * Reads the raw body of a request, never more than a limit, nor more than all bodies together may
 * hold. A length announced beyond the limit is refused before a byte is read. Thread-safe; does not
 * block. To be called on the event loop of the request; the time it takes is bounded by the {@link
 * Deadline}.
 */
final class BodyReader {
  private final long maxSize;

  BodyReader(long maxSize) {
    this.maxSize = maxSize;
  }

  /** The body, or {@link CallbackRefusedException}. */
  CompletableFuture<Bytes> read(HttpServerRequest request, InFlight.Share share) {
    if (announcedLength(request) > maxSize) {
      return CompletableFuture.failedFuture(
          new CallbackRefusedException(RefusalReason.BODY_TOO_LARGE));
    }
    if (request.isEnded()) {
      return CompletableFuture.completedFuture(Bytes.EMPTY);
    }
    CompletableFuture<Bytes> body = new CompletableFuture<>();
    collect(request, share, body);
    return body;
  }

  // The server has checked its syntax.
  private static long announcedLength(HttpServerRequest request) {
    @Nullable String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return header == null ? 0 : Long.parseLong(header);
  }

  private void collect(
      HttpServerRequest request, InFlight.Share share, CompletableFuture<Bytes> body) {
    Buffer collected = Buffer.buffer();
    request.exceptionHandler(gone ->
        body.completeExceptionally(new CallbackRefusedException(RefusalReason.BODY_INCOMPLETE)));
    request.endHandler(end -> body.complete(Bytes.copyOf(collected.getBytes())));
    request.handler(chunk -> {
      try {
        take(chunk, collected, share);
      } catch (CallbackRefusedException e) {
        ignoreTheRest(request);
        body.completeExceptionally(e);
      }
    });
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    request.resume();
  }

  private void take(Buffer chunk, Buffer collected, InFlight.Share share)
      throws CallbackRefusedException {
    if (collected.length() + chunk.length() > maxSize) {
      throw new CallbackRefusedException(RefusalReason.BODY_TOO_LARGE);
    }
    share.hold(chunk.length());
    collected.appendBuffer(chunk);
  }

  private static void ignoreTheRest(HttpServerRequest request) {
    request.handler(null);
    request.endHandler(null);
    request.pause();
  }
}
