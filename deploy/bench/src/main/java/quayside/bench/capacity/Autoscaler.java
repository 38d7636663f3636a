package quayside.bench.capacity;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a horizontal autoscaler does with a lag: asks for a pod for so many events, doubles at most
 * at a time, and takes pods away when fewer have been enough for a while. Used by one thread.
 */
final class Autoscaler {
  /** The default policy of Kubernetes: twice as many, or four more. */
  private static final int STEP = 4;

  private final Scaling scaling;
  private final Deque<Long> starting = new ArrayDeque<>();
  private int working;
  private long busySince;

  Autoscaler(Scaling scaling) {
    this.scaling = scaling;
    this.working = scaling.fewest();
  }

  /** The pods that work in a second, given the lag before it; to be asked for each second. */
  int pods(long second, double lag) {
    while (!starting.isEmpty() && starting.peek() <= second) {
      starting.poll();
      working++;
    }
    if (second % scaling.poll() == 0) {
      look(second, lag);
    }
    return working;
  }

  private void look(long second, double lag) {
    int there = working + starting.size();
    int wanted =
        (int)
            Math.clamp(
                (long) Math.ceil(lag / scaling.lagOfAPod()), scaling.fewest(), scaling.most());
    if (wanted >= there) {
      busySince = second;
      int allowed = Math.max(2 * there, there + STEP);
      for (int pod = there; pod < Math.min(wanted, allowed); pod++) {
        starting.add(second + scaling.start());
      }
    } else if (second - busySince >= scaling.calm() && starting.isEmpty()) {
      working = wanted;
    }
  }
}
