package quayside.laptop.oss.operation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quayside.laptop.oss.http.OssException;
import quayside.laptop.oss.http.OssRequest;

/**
 * What part of an object a GET wants. OSS sends the whole object for a range that is not entirely
 * inside it, unless the request says {@code x-oss-range-behavior: standard}; then it follows HTTP,
 * with {@code 416 InvalidRange}. Several ranges count as none.
 *
 * @param first offset of the first byte
 * @param length number of bytes
 * @param total the object's size
 * @param partial whether a range was asked for and can be satisfied
 */
record ByteRange(long first, long length, long total, boolean partial) {
  private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  static ByteRange of(OssRequest request, long total) {
    Optional<String> header = request.header("range");
    Matcher range = SINGLE.matcher(header.orElse(""));
    if (!range.matches() || range.group().equals("bytes=-")) {
      return new ByteRange(0, total, total, false);
    }
    boolean standard =
        request.header("x-oss-range-behavior").filter("standard"::equals).isPresent();
    Optional<ByteRange> satisfied = satisfied(range.group(1), range.group(2), total, standard);
    if (satisfied.isEmpty() && standard) {
      throw new OssException(416, "InvalidRange", "The requested range cannot be satisfied.")
          .with("ActualObjectSize", Long.toString(total))
          .with("RangeRequested", header.orElse(""));
    }
    return satisfied.orElse(new ByteRange(0, total, total, false));
  }

  private static Optional<ByteRange> satisfied(
      String from, String to, long total, boolean standard) {
    boolean suffix = from.isEmpty();
    long first = suffix ? Math.max(0, total - Long.parseLong(to)) : Long.parseLong(from);
    long last = suffix || to.isEmpty() ? total - 1 : Long.parseLong(to);
    boolean beyond = last >= total && !standard;
    last = Math.min(last, total - 1);
    return beyond || first > last
        ? Optional.empty()
        : Optional.of(new ByteRange(first, last - first + 1, total, true));
  }

  int status() {
    return partial ? 206 : 200;
  }

  Optional<String> contentRange() {
    return partial
        ? Optional.of("bytes %d-%d/%d".formatted(first, first + length - 1, total))
        : Optional.empty();
  }
}
