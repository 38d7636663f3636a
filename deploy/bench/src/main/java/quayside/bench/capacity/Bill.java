package quayside.bench.capacity;

/**
 * What a plan costs a month, for which its pods stand there all the time. Processors and memory of
 * Kafka, of what ends TLS, and traffic are not in it.
 */
record Bill(Plan plan, Prices prices) {
  private static final double DAYS = 30;
  private static final double SECONDS_OF_A_DAY = 86_400;
  private static final double GIGABYTE = 1e9;
  private static final double REQUESTS = 10_000;

  double cores() {
    return plan.rentedCores() * prices.core;
  }

  double memory() {
    return plan.podBytes() / GIGABYTE * prices.memory;
  }

  /** Of what there is after a month. */
  double disk() {
    double bytes =
        plan.kafkaDisk()
            + DAYS * (plan.stateBytesOfADay() + plan.databaseBytesOfADay())
            + plan.ingress().pods() * plan.journalBytes();
    return bytes / GIGABYTE * prices.disk;
  }

  double requests() {
    return plan.ossRequestsOnAverage() * DAYS * SECONDS_OF_A_DAY / REQUESTS * prices.requests;
  }

  double all() {
    return cores() + memory() + disk() + requests();
  }

  /** For a million uploads. */
  double ofAMillion() {
    return all() / (plan.uploadsOfADay() * DAYS) * 1e6;
  }
}
