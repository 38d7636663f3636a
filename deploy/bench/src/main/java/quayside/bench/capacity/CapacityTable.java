package quayside.bench.capacity;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import quayside.bench.capacity.Measurements.Figure;

/** Plans side by side, as a table in Markdown. */
final class CapacityTable {
  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB");

  private static final List<Row> ROWS =
      List.of(
          new Row("uploads a day", plan -> number(plan.uploadsOfADay())),
          new Row("**cores busy**", plan -> "**" + cores(plan.allCores()) + "**"),
          new Row("TLS, wherever it ends", plan -> part(plan, plan.tlsCores())),
          new Row("ingress", plan -> part(plan, plan.ingressCores())),
          new Row("catalog", plan -> part(plan, plan.catalogCores())),
          new Row("search", plan -> part(plan, plan.searchCores())),
          new Row(
              "timeline, state topic, and what sinks share",
              plan -> part(plan, plan.otherSinkCores())),
          new Row("thumbnails", plan -> part(plan, plan.thumbnailCores())),
          new Row("PostgreSQL", plan -> part(plan, plan.databaseCores())),
          new Row("**pods** of so many cores: ingress", plan -> plan.ingress().toString()),
          new Row("catalog", plan -> plan.catalog().toString()),
          new Row("search", plan -> plan.search().toString()),
          new Row("timeline", plan -> plan.timelineOrState().toString()),
          new Row("state", plan -> plan.timelineOrState().toString()),
          new Row("thumbnail", plan -> plan.thumbnail().toString()),
          new Row("memory of these pods", plan -> bytes(plan.podBytes())),
          new Row("**partitions** of a topic", plan -> number(plan.partitions())),
          new Row("Kafka: produced a second", plan -> bytes(plan.produced())),
          new Row("written by brokers", plan -> bytes(plan.written())),
          new Row("read by consumers", plan -> bytes(plan.read())),
          new Row("brokers", plan -> number(plan.brokers())),
          new Row("disk of all brokers", plan -> bytes(plan.kafkaDisk())),
          new Row("and the state topic's growth a day", plan -> bytes(plan.stateBytesOfADay())),
          new Row("PostgreSQL: growth a day", plan -> bytes(plan.databaseBytesOfADay())),
          new Row("journal of an ingress pod", plan -> bytes(plan.journalBytes())),
          new Row("callbacks' connections: new a second", plan -> number(plan.rate())),
          new Row("open at a time", plan -> number(Math.ceil(plan.openConnections()))),
          new Row("OSS: requests a second", plan -> number(plan.ossRequests())),
          new Row("read a second", plan -> bytes(plan.ossBytes())));

  private CapacityTable() {}

  /** A figure of a plan and what it is called. */
  private record Row(String name, Function<Plan, String> text) {}

  static String of(List<Plan> plans, Prices prices) {
    StringBuilder table = new StringBuilder();
    line(table, "uploads a second", plans, plan -> "**" + number(plan.rate()) + "**");
    line(table, "---", plans, plan -> "---:");
    ROWS.forEach(row -> line(table, row.name(), plans, row.text()));
    if (prices.areGiven()) {
      cost(table, "**price of a month**", plans, plan -> new Bill(plan, prices).all());
      cost(table, "cores", plans, plan -> new Bill(plan, prices).cores());
      cost(table, "memory", plans, plan -> new Bill(plan, prices).memory());
      cost(table, "disk, after a month", plans, plan -> new Bill(plan, prices).disk());
      cost(table, "requests to OSS", plans, plan -> new Bill(plan, prices).requests());
      cost(table, "of a million uploads", plans, plan -> new Bill(plan, prices).ofAMillion());
    }
    return table.toString();
  }

  /** Where figures come from. */
  static String of(List<Figure> figures) {
    StringBuilder table = new StringBuilder("| suite | figure | |\n| --- | --- | ---: |\n");
    figures.forEach(figure ->
        table.append(
            String.format(
                Locale.ROOT,
                figure.value() < 100 ? "| `%s` | %s | %.1f %s |%n" : "| `%s` | %s | %,.0f %s |%n",
                figure.suite(),
                figure.name(),
                figure.value(),
                figure.unit())));
    return table.toString();
  }

  private static void cost(
      StringBuilder table, String name, List<Plan> plans, ToDoubleFunction<Plan> price) {
    line(
        table, name, plans, plan -> String.format(Locale.ROOT, "%,.2f", price.applyAsDouble(plan)));
  }

  private static void line(
      StringBuilder table, String name, List<Plan> plans, Function<Plan, String> text) {
    table
        .append("| ")
        .append(name)
        .append(plans.stream().map(text).collect(Collectors.joining(" | ", " | ", " |\n")));
  }

  private static String part(Plan plan, double cores) {
    return "%s (%.0f %%)".formatted(cores(cores), 100 * cores / plan.allCores());
  }

  private static String cores(double cores) {
    return String.format(Locale.ROOT, cores < 10 ? "%.2f" : "%,.0f", cores);
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  /** In the unit that leaves one to three digits. */
  static String bytes(double bytes) {
    int unit = 0;
    double value = bytes;
    while (value >= 1000 && unit < UNITS.size() - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS.get(unit));
  }
}
