package quayside.callback;

/** How an accepted event is safe from a crash of this service. */
enum Durability {
  /** Kafka acknowledged it. */
  PUBLISHED,
  /** It is on the disk here and will be published when Kafka is back. */
  JOURNALLED
}
