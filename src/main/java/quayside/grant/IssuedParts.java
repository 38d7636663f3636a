package quayside.grant;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a client needs to go on with a multipart upload and to end it.
 *
 * @param parts one URL for each part
 * @param complete makes the object of the parts; OSS calls back then
 * @param abort forgets the parts
 * @param expires when all must have been sent
 */
public record IssuedParts(List<Part> parts, Completion complete, Abortion abort, Instant expires) {
  public IssuedParts {
    parts = List.copyOf(parts);
  }

  /**
   * A part: a PUT without a {@code Content-Type}; the ETag of the answer belongs into the list of
   * parts. Every part but the last must have at least 100 KB.
   *
   * @param number from 1
   * @param url where to send it
   */
  public record Part(int number, String url) {}

  /**
   * The end: a POST whose body is the list of parts in XML.
   *
   * @param url where to send it
   * @param headers to send as they are
   */
  public record Completion(String url, Map<String, String> headers) {
    public Completion {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Giving up: a DELETE.
   *
   * @param url where to send it
   */
  public record Abortion(String url) {}
}
