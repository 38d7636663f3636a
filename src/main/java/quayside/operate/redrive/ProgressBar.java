package quayside.operate.redrive;

import java.io.PrintWriter;

/**
 * Shows progress: a bar that is redrawn on a terminal, otherwise a line when a tenth more is done.
 */
final class ProgressBar {
  private static final int CELLS = 30;
  private static final int STEPS = 10;

  private final PrintWriter out;
  private final boolean terminal;
  private long shown = -1;

  ProgressBar(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void show(RedriveProgress progress) {
    long total = Math.max(progress.total(), progress.scanned());
    if (terminal) {
      int full = total == 0 ? CELLS : (int) (CELLS * progress.scanned() / total);
      out.print("\r[" + "#".repeat(full) + "-".repeat(CELLS - full) + "] " + text(progress));
      out.print(progress.done() ? System.lineSeparator() : "");
      out.flush();
    } else {
      long step = total == 0 ? STEPS : STEPS * progress.scanned() / total;
      if (step > shown || progress.done()) {
        shown = step;
        out.println(text(progress));
        out.flush();
      }
    }
  }

  private static String text(RedriveProgress progress) {
    return "looked at "
        + progress.scanned()
        + " of "
        + Math.max(progress.total(), progress.scanned())
        + ", matched "
        + progress.matched()
        + ", moved "
        + progress.moved();
  }
}
