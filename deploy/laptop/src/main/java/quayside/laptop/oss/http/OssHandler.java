package quayside.laptop.oss.http;

import java.io.IOException;

/** Answers one request. Called on a virtual thread of its own; must be thread-safe. */
@FunctionalInterface
public interface OssHandler {

  /**
   * Answers, or refuses.
   *
   * @throws OssException for a refusal, sent as an error document
   * @throws IOException when the client or the disk fails; the client gets {@code 500
   *     InternalError} if it still can
   */
  OssResponse handle(OssRequest request) throws IOException;
}
