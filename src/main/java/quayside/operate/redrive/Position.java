package quayside.operate.redrive;

import java.util.Optional;

/**
 * Where a record is. As text {@code topic/partition/offset}: no topic has a slash in its name.
 *
 * @param topic its topic
 * @param partition not negative
 * @param offset not negative
 */
public record Position(String topic, int partition, long offset) {

  public Position {
    if (topic.isEmpty() || topic.indexOf('/') >= 0 || partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "position: " + topic + "/" + partition + "/" + offset + " is not topic/partition/offset");
    }
  }

  /** Reads the text form; empty when it is none. */
  public static Optional<Position> parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Position(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2])));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return topic + "/" + partition + "/" + offset;
  }
}
