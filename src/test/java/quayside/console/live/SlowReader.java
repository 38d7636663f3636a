package quayside.console.live;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** Reads a stream, a message when it is told to. */
final class SlowReader implements Flow.Subscriber<LiveMessage> {
  private final List<LiveMessage> read = new CopyOnWriteArrayList<>();
  private volatile Flow.Subscription subscription;
  private volatile boolean completed;

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
  }

  /** Is ready for so many messages more. */
  void request(int messages) {
    subscription.request(messages);
  }

  void cancel() {
    subscription.cancel();
  }

  /** What it read, without comments. */
  List<LiveMessage> read() {
    return read.stream().filter(message -> message.event() != null).toList();
  }

  boolean completed() {
    return completed;
  }

  @Override
  public void onNext(LiveMessage message) {
    read.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    throw new AssertionError(failure);
  }

  @Override
  public void onComplete() {
    completed = true;
  }
}
