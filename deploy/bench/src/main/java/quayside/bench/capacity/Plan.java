package quayside.bench.capacity;

/**
 * What a rate of uploads needs. Cores are those that are busy at the rate; fleets have the room
 * that is asked for.
 *
 * @param rate uploads a second, at the busiest time that is planned for
 */
record Plan(double rate, Costs costs, Assumptions assumed) {
  private static final double MICROS = 1e6;
  private static final double MILLIS = 1e3;
  private static final double SECONDS_OF_A_DAY = 86_400;
  private static final double EFFECTS_DAYS = 3;

  /** Groups that read every upload: catalog, search, thumbnail, timeline, state. */
  private static final int READERS = 5;

  private static final int FEWEST_PARTITIONS = 12;
  private static final int CONSUMERS_OF_A_POD = 2;

  private static final int FEWEST_BROKERS = 3;

  double imageRate() {
    return rate * assumed.images;
  }

  double ingressCores() {
    return cores(assumed.keepAlive ? costs.keepAliveMicros() : costs.callbackMicros());
  }

  double tlsCores() {
    return cores(assumed.tlsMicros);
  }

  double catalogCores() {
    return cores(costs.catalogSinkMicros());
  }

  double searchCores() {
    return cores(costs.searchSinkMicros());
  }

  double otherSinkCores() {
    return cores(costs.otherSinkMicros());
  }

  double thumbnailCores() {
    return imageRate() * costs.imageMillis(assumed.megapixels) / MILLIS / assumed.coreFactor;
  }

  double databaseCores() {
    return cores(costs.databaseMicros());
  }

  /** All but Kafka, which was not measured. */
  double allCores() {
    return ingressCores()
        + tlsCores()
        + catalogCores()
        + searchCores()
        + otherSinkCores()
        + thumbnailCores()
        + databaseCores();
  }

  Fleet ingress() {
    return fleet(ingressCores());
  }

  Fleet catalog() {
    return fleet(catalogCores());
  }

  Fleet search() {
    return fleet(searchCores());
  }

  /** Of the timeline, and as many of the state topic's writer: they were not measured apart. */
  Fleet timelineOrState() {
    return fleet(otherSinkCores() / 2);
  }

  Fleet thumbnail() {
    return fleet(thumbnailCores());
  }

  /** Enough for two consumers in each pod of the largest group, in dozens. */
  long partitions() {
    long pods =
        Math.max(
            Math.max(catalog().pods(), search().pods()),
            Math.max(timelineOrState().pods(), thumbnail().pods()));
    long wanted = Math.max(FEWEST_PARTITIONS, pods * CONSUMERS_OF_A_POD);
    return (wanted + FEWEST_PARTITIONS - 1) / FEWEST_PARTITIONS * FEWEST_PARTITIONS;
  }

  /** Memory of all pods; thumbnails with a worker process for each core. */
  double podBytes() {
    double thumbnailPod = costs.sinkMebibytes() + thumbnail().cores() * costs.workerMebibytes();
    double mebibytes =
        ingress().pods() * costs.ingressMebibytes()
            + (catalog().pods() + search().pods() + 2 * timelineOrState().pods())
                * costs.sinkMebibytes()
            + thumbnail().pods() * thumbnailPod;
    return mebibytes * (1 << 20);
  }

  /** Connections that are open at a time, all instances together. */
  double openConnections() {
    return rate * costs.answerMillis() / MILLIS;
  }

  /** Cores of all pods, and of PostgreSQL with the same room. */
  double rentedCores() {
    return ingress().allCores()
        + catalog().allCores()
        + search().allCores()
        + 2 * timelineOrState().allCores()
        + thumbnail().allCores()
        + databaseCores() / assumed.utilisation;
  }

  /** Bytes a second that producers give Kafka. */
  double produced() {
    return events() + states() + effects();
  }

  /** What brokers write, with all replicas. */
  double written() {
    return produced() * assumed.replicas;
  }

  /** What consumers read. */
  double read() {
    return rate * assumed.eventBytes * READERS
        + imageRate() * assumed.eventBytes * (READERS - 1)
        + effects();
  }

  /** Without the state topic, which keeps a record of every object. */
  double kafkaDisk() {
    return (events() * assumed.retentionDays + effects() * EFFECTS_DAYS)
        * SECONDS_OF_A_DAY
        * assumed.mean
        * assumed.replicas;
  }

  /** What the state topic grows by when every upload is a new object, with all replicas. */
  double stateBytesOfADay() {
    return uploadsOfADay() * assumed.stateBytes * assumed.replicas;
  }

  long brokers() {
    double megabytes = written() / 1e6;
    return Math.max(FEWEST_BROKERS, (long) Math.ceil(megabytes / assumed.brokerMegabytes));
  }

  double databaseBytesOfADay() {
    return uploadsOfADay() * assumed.rowBytes;
  }

  double uploadsOfADay() {
    return rate * assumed.mean * SECONDS_OF_A_DAY;
  }

  /** Journal of one ingress pod for the outage that is to be covered. */
  double journalBytes() {
    return rate * assumed.outageMinutes * 60 * assumed.eventBytes / ingress().pods();
  }

  double ossRequests() {
    return imageRate() * (1 + assumed.thumbnails);
  }

  double ossRequestsOnAverage() {
    return ossRequests() * assumed.mean;
  }

  double ossBytes() {
    return imageRate() * assumed.imageBytes;
  }

  private double events() {
    return (rate + imageRate()) * assumed.eventBytes;
  }

  // Of an upload, and once more when it has thumbnails.
  private double states() {
    return (rate + imageRate()) * assumed.stateBytes;
  }

  // Catalog, search and thumbnail tell of an upload; catalog and search of its thumbnails.
  private double effects() {
    return (rate * 3 + imageRate() * 2) * assumed.effectBytes;
  }

  private double cores(double micros) {
    return rate * micros / MICROS / assumed.coreFactor;
  }

  private Fleet fleet(double busyCores) {
    return Fleet.of(busyCores, assumed);
  }
}
