package quayside.callback.journal;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a segment's file.
 *
 * @param number counts segments, never reused while any segment exists; gives their order
 * @param firstSequence the sequence of the first record; ends the segment before, whatever else
 *     that may hold
 * @param marker random; begins each {@link FrameHeader frame}
 */
record SegmentName(long number, long firstSequence, long marker)
    implements Comparable<SegmentName> {
  private static final Pattern FILE =
      Pattern.compile("(\\d{10})-(\\d{18})-([0-9a-f]{16})\\.journal");
  private static final Comparator<SegmentName> ORDER =
      Comparator.comparingLong(SegmentName::number).thenComparingLong(SegmentName::firstSequence);

  static Optional<SegmentName> of(String file) {
    Matcher matcher = FILE.matcher(file);
    return matcher.matches()
        ? Optional.of(
            new SegmentName(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseUnsignedLong(matcher.group(3), 16)))
        : Optional.empty();
  }

  String file() {
    return padded(number, 10)
        + '-'
        + padded(firstSequence, 18)
        + '-'
        + HexFormat.of().toHexDigits(marker)
        + ".journal";
  }

  // A formatter would load the texts of a locale, which a start would wait for.
  private static String padded(long value, int digits) {
    String written = Long.toString(value);
    return "0".repeat(Math.max(0, digits - written.length())) + written;
  }

  @Override
  public int compareTo(SegmentName other) {
    return ORDER.compare(this, other);
  }
}
