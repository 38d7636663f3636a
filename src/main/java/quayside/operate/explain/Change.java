package quayside.operate.explain;

/**
 * One accident that was undone.
 *
 * @param accident which
 * @param detail what exactly is different from what OSS sent, in words
 */
record Change(Accident accident, String detail) {}
