package quayside.bench.capacity;

import picocli.CommandLine.Option;

/** What things cost a month where they are rented, in one currency; options of the command line. */
final class Prices {
  @Option(names = "--price-core", description = "Price of a core for a month.")
  double core;

  @Option(names = "--price-memory", description = "Price of a gigabyte of memory for a month.")
  double memory;

  @Option(names = "--price-disk", description = "Price of a gigabyte of disk for a month.")
  double disk;

  @Option(names = "--price-requests", description = "Price of 10,000 requests to OSS.")
  double requests;

  boolean areGiven() {
    return core > 0 || memory > 0 || disk > 0 || requests > 0;
  }

  boolean areNegative() {
    return core < 0 || memory < 0 || disk < 0 || requests < 0;
  }
}
