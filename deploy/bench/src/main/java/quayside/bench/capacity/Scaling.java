package quayside.bench.capacity;

/**
 * How many pods a sink has, by its lag.
 *
 * @param fewest pods when there is no lag
 * @param most pods, no more than partitions
 * @param lagOfAPod lag for which there is to be a pod
 * @param poll seconds between two looks at the lag
 * @param start seconds until a new pod works
 * @param calm seconds for which fewer would do before some are taken away
 */
record Scaling(int fewest, int most, double lagOfAPod, int poll, int start, int calm) {
  Scaling {
    if (fewest < 1 || most < fewest) {
      throw new IllegalArgumentException("want 1 <= fewest pods <= most pods");
    }
    if (lagOfAPod <= 0 || poll < 1 || start < 0 || calm < 0) {
      throw new IllegalArgumentException("lag of a pod and seconds must be positive");
    }
  }

  /** Always as many. */
  static Scaling fixed(int pods) {
    return new Scaling(pods, pods, 1, 1, 0, 0);
  }
}
