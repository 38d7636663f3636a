package quayside.bench.capacity;

/**
 * The pods of one kind.
 *
 * @param pods how many
 * @param cores of each
 */
record Fleet(long pods, int cores) {
  /** One may be away, for an update or a failure. */
  private static final int FEWEST = 2;

  private static final int LARGEST = 64;

  /** The smallest pods of which no more than so many do. */
  static Fleet of(double busyCores, Assumptions assumed) {
    int cores = 1;
    while (cores < LARGEST && pods(busyCores, cores, assumed) > assumed.mostPods) {
      cores *= 2;
    }
    return new Fleet(pods(busyCores, cores, assumed), cores);
  }

  private static long pods(double busyCores, int cores, Assumptions assumed) {
    return Math.max(FEWEST, (long) Math.ceil(busyCores / (cores * assumed.utilisation)));
  }

  long allCores() {
    return pods * cores;
  }

  @Override
  public String toString() {
    return "%,d of %d".formatted(pods, cores);
  }
}
