package quayside.operate.redrive;

/**
 * How far an order is carried out.
 *
 * @param scanned dead letters looked at
 * @param total dead letters there were to look at when it began
 * @param matched those the filter means
 * @param alreadyMoved of these, moved before: left alone
 * @param moved of these, moved now
 * @param done whether this is the end
 */
public record RedriveProgress(
    long scanned, long total, long matched, long alreadyMoved, long moved, boolean done) {
  /** Nothing yet. */
  public static RedriveProgress start(long total) {
    return new RedriveProgress(0, total, 0, 0, 0, false);
  }

  /** One more looked at, which the filter does not mean. */
  public RedriveProgress passed() {
    return new RedriveProgress(scanned + 1, total, matched, alreadyMoved, moved, done);
  }

  /** One more found moved before. */
  public RedriveProgress foundMoved() {
    return new RedriveProgress(scanned + 1, total, matched + 1, alreadyMoved + 1, moved, done);
  }

  /** One more meant; moved unless it is a dry run. */
  public RedriveProgress handled(boolean dryRun) {
    return new RedriveProgress(
        scanned + 1, total, matched + 1, alreadyMoved, moved + (dryRun ? 0 : 1), done);
  }

  /** The end. */
  public RedriveProgress finished() {
    return new RedriveProgress(scanned, total, matched, alreadyMoved, moved, true);
  }
}
