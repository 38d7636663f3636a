package quayside.bench.capacity;

import java.io.IOException;

/**
 * What one of each costs. Processor time is that of the processors it was measured on.
 *
 * @param callbackMicros processor time of the ingress for a callback on a connection of its own
 * @param keepAliveMicros the same on a connection that is kept
 * @param answerMillis time to answer, 99 of 100, at half of what one instance can do
 * @param ingressMebibytes resident memory of an ingress
 * @param catalogMicros processor time of a row in the catalog, sink and database
 * @param searchMicros processor time of a document in the index, sink and database
 * @param eventMicros processor time of an event in all sinks, without the database
 * @param databaseMicros processor time of the database for an event
 * @param sinkMebibytes resident memory of a process with all sinks
 * @param smallImageMillis processor time of three presets of an image of two megapixels
 * @param largeImageMillis the same of twelve megapixels
 * @param workerMebibytes peak memory of a worker process, with an image of 48 megapixels
 * @param drainRate events a second that a journal gives Kafka
 */
record Costs(
    double callbackMicros,
    double keepAliveMicros,
    double answerMillis,
    double ingressMebibytes,
    double catalogMicros,
    double searchMicros,
    double eventMicros,
    double databaseMicros,
    double sinkMebibytes,
    double smallImageMillis,
    double largeImageMillis,
    double workerMebibytes,
    double drainRate) {
  private static final double SMALL = 2;
  private static final double LARGE = 12;
  private static final int WORKERS = 4;

  static Costs of(Measurements measured) throws IOException {
    return new Costs(
        measured.value("callback", "CPU a callback, a connection each"),
        measured.value("callback", "CPU a callback, keep-alive"),
        measured.value("callback", "latency p99 at half of saturation, a connection each"),
        measured.value("memory", "resident memory after"),
        measured.value("catalog", "CPU of a row"),
        measured.value("search", "CPU of a document"),
        measured.value("events", "CPU of an event, all sinks"),
        measured.value("events", "CPU of PostgreSQL for it"),
        measured.value("events", "resident memory after"),
        measured.value("thumbnails", "CPU of three presets, 2-megapixel JPEG"),
        measured.value("thumbnails", "CPU of three presets, 12-megapixel JPEG"),
        measured.value("images", "of it in the workers") / WORKERS,
        measured.value("journal", "drained from the journal"));
  }

  /** Processor time of all thumbnails of an image: a fixed part and one for each megapixel. */
  double imageMillis(double megapixels) {
    double perMegapixel = (largeImageMillis - smallImageMillis) / (LARGE - SMALL);
    return Math.max(0, smallImageMillis + (megapixels - SMALL) * perMegapixel);
  }

  /** Processor time of the sink alone for a catalog row, without its database's. */
  double catalogSinkMicros() {
    return catalogMicros * sinkShare();
  }

  /** Processor time of the sink alone for a document, without its database's. */
  double searchSinkMicros() {
    return searchMicros * sinkShare();
  }

  /** What is left of an event: timeline, state, images looked for in documents, Kafka's clients. */
  double otherSinkMicros() {
    return Math.max(0, eventMicros - catalogSinkMicros() - searchSinkMicros());
  }

  private double sinkShare() {
    return eventMicros / (eventMicros + databaseMicros);
  }
}
