package quayside.console;

import com.microsoft.playwright.Page;

/** When a page first showed something (Paint Timing, {@code first-contentful-paint}). */
final class FirstPaint {
  private static final String MILLIS =
      "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime";

  private FirstPaint() {}

  /** Milliseconds since the navigation began; waits for it. */
  static double millis(Page page) {
    return ((Number) page.waitForFunction(MILLIS).jsonValue()).doubleValue();
  }
}
