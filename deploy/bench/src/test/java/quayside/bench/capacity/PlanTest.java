package quayside.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The arithmetic, with figures of which the result can be seen at a glance. */
class PlanTest {
  private static final Costs COSTS =
      new Costs(200, 100, 20, 256, 100, 100, 600, 200, 512, 40, 240, 100, 10_000);

  @Test
  void cores_areRateTimesCost() {
    Plan plan = plan(1_000, "--images", "0.1", "--megapixels", "12", "--tls-micros", "500");

    assertThat(plan.ingressCores()).isCloseTo(0.2, within(1e-9));
    assertThat(plan.tlsCores()).isCloseTo(0.5, within(1e-9));
    assertThat(plan.thumbnailCores()).isCloseTo(100 * 0.240, within(1e-9));
    assertThat(plan.databaseCores()).isCloseTo(0.2, within(1e-9));
    // Three quarters of what catalog and search cost with their database is theirs.
    assertThat(plan.catalogCores()).isCloseTo(0.075, within(1e-9));
    assertThat(plan.otherSinkCores()).isCloseTo(0.6 - 2 * 0.075, within(1e-9));
    assertThat(plan.allCores()).isCloseTo(0.2 + 0.5 + 24 + 0.2 + 0.6, within(1e-9));
  }

  @Test
  void fasterCores_keptConnections_andSmallerImages_needLess() {
    Plan usual = plan(1_000);

    assertThat(plan(1_000, "--core-factor", "2").allCores())
        .isCloseTo(usual.allCores() / 2, within(1e-9));
    assertThat(plan(1_000, "--keep-alive").ingressCores())
        .isCloseTo(usual.ingressCores() / 2, within(1e-9));
    assertThat(plan(1_000, "--images", "0.1", "--megapixels", "2").thumbnailCores())
        .isCloseTo(100 * 0.040, within(1e-9));
    assertThat(plan(1_000, "--images", "0.1", "--megapixels", "7").thumbnailCores())
        .isCloseTo(100 * 0.140, within(1e-9));
  }

  @Test
  void pods_growBeforeTheyAreTooMany() {
    assertThat(plan(10).ingress()).isEqualTo(new Fleet(2, 1));
    // 24 cores, half used: 48 of one core, or, when only 20 are wanted, 12 of four.
    assertThat(plan(1_000, "--images", "0.1").thumbnail()).isEqualTo(new Fleet(48, 1));
    assertThat(plan(1_000, "--images", "0.1", "--most-pods", "20").thumbnail())
        .isEqualTo(new Fleet(12, 4));
  }

  @Test
  void partitions_areEnoughForTheLargestGroup_inDozens() {
    assertThat(plan(1, "--images", "0").partitions()).isEqualTo(12);
    assertThat(plan(1_000, "--images", "0.1").partitions()).isEqualTo(96);
    assertThat(plan(1_000, "--images", "0.11").partitions()).isEqualTo(108);
  }

  @Test
  void kafka_writesEveryReplica_andKeepsTheAverage() {
    Plan plan =
        plan(
            1_000,
            "--images",
            "0",
            "--event-bytes",
            "1000",
            "--state-bytes",
            "500",
            "--effect-bytes",
            "0",
            "--mean",
            "0.5");

    assertThat(plan.produced()).isEqualTo(1.5e6);
    assertThat(plan.written()).isEqualTo(4.5e6);
    assertThat(plan.read()).isEqualTo(5e6);
    assertThat(plan.stateBytesOfADay()).isCloseTo(1.5e6 * 0.5 * 86_400, within(1.0));
    assertThat(plan.kafkaDisk()).isCloseTo(3e6 * 0.5 * 86_400 * 7, within(1.0));
    assertThat(plan.brokers()).isEqualTo(3);
    assertThat(plan(100_000, "--broker-megabytes", "10").brokers()).isGreaterThan(30);
  }

  @Test
  void journal_holdsTheOutage_ofEachInstance() {
    Plan plan = plan(1_000, "--outage-minutes", "10", "--event-bytes", "1000");

    assertThat(plan.ingress().pods()).isEqualTo(2);
    assertThat(plan.journalBytes()).isEqualTo(1_000 * 600 * 1_000 / 2.0);
  }

  @Test
  void openConnections_areRateTimesTime() {
    assertThat(plan(1_000).openConnections()).isCloseTo(20, within(1e-9));
  }

  /** A bill by hand: what is rented, what is kept after 30 days, what is asked for. */
  @Test
  void bill_isPriceTimesAmount() {
    Plan plan = plan(1_000, "--images", "0.1", "--utilisation", "0.5");
    Prices prices =
        CommandLine.populateCommand(
            new Prices(),
            "--price-core=20",
            "--price-memory=3",
            "--price-disk=0.1",
            "--price-requests=0.01");
    Bill bill = new Bill(plan, prices);

    // Ingress, catalog, search, timeline and state two each of one core, 48 of thumbnails, 0.4 of
    // PostgreSQL.
    assertThat(bill.cores()).isCloseTo((10 + 48 + 0.4) * 20, within(1e-6));
    assertThat(bill.memory()).isCloseTo(plan.podBytes() / 1e9 * 3, within(1e-6));
    assertThat(bill.disk())
        .isCloseTo(
            (plan.kafkaDisk()
                    + 30 * (plan.stateBytesOfADay() + plan.databaseBytesOfADay())
                    + 2 * plan.journalBytes())
                / 1e10,
            within(1e-6));
    // 100 images a second, each read and written seven times, half of the time, for 30 days.
    assertThat(bill.requests()).isCloseTo(800 * 0.5 * 2_592_000 / 1e4 * 0.01, within(1e-6));
    assertThat(bill.ofAMillion()).isCloseTo(bill.all() / (500 * 2.592), within(1e-6));
  }

  @Test
  void bytes_areReadable() {
    assertThat(CapacityTable.bytes(0)).isEqualTo("0.0 B");
    assertThat(CapacityTable.bytes(1_240)).isEqualTo("1.2 kB");
    assertThat(CapacityTable.bytes(999_000_000)).isEqualTo("999 MB");
    assertThat(CapacityTable.bytes(155.7e12)).isEqualTo("156 TB");
  }

  private static Plan plan(double rate, String... assumptions) {
    Assumptions assumed = CommandLine.populateCommand(new Assumptions(), assumptions);
    return new Plan(rate, COSTS, assumed);
  }
}
