package quayside.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One figure, its baseline from the same run, and the bound it is held against.
 *
 * @param name what was measured
 * @param value the figure
 * @param unit of figure and baseline
 * @param baselineName what the baseline is, or null when the figure stands alone
 * @param baseline the figure of the baseline
 * @param ratio value to baseline
 * @param bound what is wanted, in words
 * @param met whether it is so; null when nothing is wanted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measure(
    String name,
    double value,
    String unit,
    @Nullable String baselineName,
    @Nullable Double baseline,
    @Nullable Double ratio,
    @Nullable String bound,
    @Nullable Boolean met) {

  /** A figure beside a baseline. */
  public static Measure of(
      String name, double value, String unit, String baselineName, double baseline) {
    return new Measure(name, value, unit, baselineName, baseline, value / baseline, null, null);
  }

  /** A figure that stands alone. */
  public static Measure of(String name, double value, String unit) {
    return new Measure(name, value, unit, null, null, null, null, null);
  }

  /** Wants the ratio to be no higher. */
  public Measure ratioAtMost(double bound) {
    return bounded("ratio <= " + bound, requireRatio() <= bound);
  }

  /** Wants the ratio to be no lower. */
  public Measure ratioAtLeast(double bound) {
    return bounded("ratio >= " + bound, requireRatio() >= bound);
  }

  /** Wants the figure to be no higher. */
  public Measure atMost(double bound) {
    return bounded("<= " + bound, value <= bound);
  }

  /** Wants the figure to be no lower. */
  public Measure atLeast(double bound) {
    return bounded(">= " + bound, value >= bound);
  }

  private double requireRatio() {
    if (ratio == null) {
      throw new IllegalStateException(name + ": has no baseline");
    }
    return ratio;
  }

  private Measure bounded(String words, boolean kept) {
    return new Measure(name, value, unit, baselineName, baseline, ratio, words, kept);
  }
}
