package quayside.event;

/** Where the attributes of an event are in its record (Kafka protocol binding, section 1.3). */
enum ContentMode {
  /** In headers alone; the value is the data. */
  BINARY,
  /** In the value, around the data, and once more in headers. */
  STRUCTURED
}
