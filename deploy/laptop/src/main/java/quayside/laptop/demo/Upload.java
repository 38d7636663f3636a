package quayside.laptop.demo;

/**
 * An upload that was made.
 *
 * @param how client, operation and callback body, for people
 * @param sample what was uploaded
 * @param eventId the event the callback's receiver answered with
 */
record Upload(String how, Sample sample, String eventId) {}
