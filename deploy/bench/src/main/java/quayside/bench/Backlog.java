package quayside.bench;

import java.io.IOException;
import quayside.bench.load.Uploads;

/** A topic that one consumer group works off, a load at a time. Used by one thread. */
final class Backlog implements AutoCloseable {
  private final String topic;
  private final String group;
  private final Uploads uploads;
  private final Groups groups;
  private long published;

  Backlog(Stack stack, String topic, String group) {
    this.topic = topic;
    this.group = group;
    this.uploads = new Uploads(stack.kafka(), topic);
    this.groups = new Groups(stack.kafka());
  }

  /**
   * Publishes events and waits until they are worked off; returns how many of them a second, not
   * counting those that were done while the others were published.
   */
  double work(int count) throws IOException, InterruptedException {
    uploads.publishDocuments(published, count);
    published += count;
    return groups.rate(group, topic, published);
  }

  @Override
  public void close() {
    uploads.close();
    groups.close();
  }
}
