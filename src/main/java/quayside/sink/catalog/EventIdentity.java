package quayside.sink.catalog;

/**
 * What makes two deliveries the same event (CloudEvents 1.0, section "source").
 *
 * @param source CloudEvents source
 * @param id CloudEvents id, unique within its source
 */
record EventIdentity(String source, String id) {}
