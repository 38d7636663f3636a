package quayside.examples;

import static quayside.examples.HandWritten.SOURCE;
import static quayside.examples.HandWritten.deleted;
import static quayside.examples.HandWritten.thumbnailed;
import static quayside.examples.HandWritten.uploaded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What happens to some objects, and the lines it comes to. Uploads, thumbnailings and deletions are
 * on topics of their own, so what must happen in this order is in steps: the next one is published
 * when the lines of the one before it are there.
 */
final class SubscriberScenario {
  private static final String A = "photos/a.jpg";
  private static final String SCRIPT = "photos/照片 1,ce_id=x\t\\.jpg";
  private static final String OTHER_SOURCE = "acs:oss:cn-hangzhou:1:photos";

  private SubscriberScenario() {}

  /**
   * Something that happens.
   *
   * @param records in the order in which they are published
   * @param lines what they come to, in any order
   * @param skipped how many of the records are passed over
   */
  record Step(List<ProducerRecord<byte[], byte[]>> records, List<String> lines, int skipped) {}

  static Step uploads(EventTopics topics) throws Exception {
    HandWritten first = uploaded(A, "a1", 1000, "E1", 10);
    return step(
        topics,
        0,
        List.of(
            first,
            first,
            // The identity counts, whatever else differs.
            uploaded(A, "a1", 2000, "E9", 99).with("ce_ingestpath", "redrive"),
            uploaded(A, "a2", 3000, "E2", 20),
            uploaded(A, "a0", 2500, "E0", 5),
            uploaded(A, "a3", 3000, "E3", 30),
            // The same id of another source is another event.
            uploaded("photos/b.jpg", "a1", 1000, "E1", 10).with("ce_source", OTHER_SOURCE),
            // As text 999 is larger than 1000.
            uploaded("photos/c.jpg", "c1", 999, "E1", 1),
            uploaded("photos/c.jpg", "c2", 1000, "E2", 2),
            uploaded("photos/d.jpg", "d1", Long.MAX_VALUE, "E1", 1),
            uploaded("photos/d.jpg", "d2", 1, "E2", 2),
            uploaded(SCRIPT, "s1", 1000, "E1", 1),
            uploaded("photos/e.jpg", "e1", 1000, "E1", 4_000_000_000L).structured(),
            uploaded("photos/e.jpg", "e1", 1000, "E1", 4_000_000_000L),
            uploaded("photos/f.jpg", "f1", 1000, "E1", 1)
                .with("ce_addedlater", "1")
                .with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")
                .with("x-empty", null)
                .withValue("{\"etag\":null,\"size\":null,\"addedLater\":{\"a\":[1]}}")),
        line("uploaded", A, 1000, "E1", 10, "a1"),
        line("uploaded", A, 3000, "E2", 20, "a2"),
        "uploaded\tphotos/b.jpg\t1000\tE1\t10\t" + OTHER_SOURCE + "\ta1",
        line("uploaded", "photos/c.jpg", 999, "E1", 1, "c1"),
        line("uploaded", "photos/c.jpg", 1000, "E2", 2, "c2"),
        line("uploaded", "photos/d.jpg", Long.MAX_VALUE, "E1", 1, "d1"),
        line("uploaded", "photos/照片 1,ce_id=x\\t\\\\.jpg", 1000, "E1", 1, "s1"),
        line("uploaded", "photos/e.jpg", 1000, "E1", 4_000_000_000L, "e1"),
        line("uploaded", "photos/f.jpg", 1000, "-", "-", "f1"));
  }

  static Step thumbnailings(EventTopics topics) {
    HandWritten made = thumbnailed(A, "t2", 3000, "E2", 2);
    return step(
        topics,
        0,
        List.of(
            made,
            made,
            // Of the version before: it was slow.
            thumbnailed(A, "t1", 1000, "E1", 2),
            // Made anew, by a changed preset.
            thumbnailed(A, "t3", 3001, "E2", 3),
            // Its upload is not on the topic any more.
            thumbnailed("photos/old.jpg", "t9", 7, "E7", 0)),
        line("thumbnailed", A, 3000, "E2", 2, "t2"),
        line("thumbnailed", A, 3001, "E2", 3, "t3"),
        line("thumbnailed", "photos/old.jpg", 7, "E7", 0, "t9"));
  }

  static Step deletion(EventTopics topics) {
    return step(
        topics,
        0,
        List.of(deleted(A, "gone-1", 4000), deleted(A, "gone-1", 4000)),
        line("deleted", A, 4000, "-", "not-found", "gone-1"));
  }

  static Step afterDeletion(EventTopics topics) {
    return step(
        topics,
        0,
        List.of(
            uploaded(A, "a4", 3500, "E4", 40),
            uploaded(A, "a5", 5000, "E5", 50),
            deleted(A, "gone-0", 3900)),
        line("uploaded", A, 5000, "E5", 50, "a5"));
  }

  /** Nothing of it comes to anything, and nothing of it may stop the subscriber. */
  static Step poison(EventTopics topics) throws Exception {
    HandWritten good = uploaded("photos/poison.jpg", "p", 1, "E", 1);
    HandWritten structured = good.structured();
    List<HandWritten> records =
        List.of(
            good.withKey(null),
            good.with("ce_type", "io.quayside.object.uploaded.v2"),
            // What every object of JavaScript has.
            good.with("ce_type", "constructor"),
            good.withValue(null),
            good.withValue(""),
            good.withValue("{\"etag\":"),
            good.withValue("[1]"),
            good.withValue("null"),
            good.withValue("[".repeat(100_000)),
            good.without("ce_id"),
            good.without("ce_source"),
            good.without("ce_type"),
            good.without("ce_specversion"),
            good.with("ce_specversion", "0.3"),
            good.without("ce_sequence"),
            good.with("ce_sequence", "1e3"),
            good.with("ce_sequence", "-1"),
            good.with("ce_sequence", "9223372036854775808"),
            good.with("ce_sequence", "a[$(touch pwned)]"),
            structured.withValue("{"),
            structured.withValue("[]"),
            structured.withValue(null),
            structured.withValue(structured.value().replace("\"id\"", "\"di\"")),
            structured.withValue(structured.value().replace("\"data\"", "\"atad\"")),
            structured.withValue(structured.value().replace("\"data\"", "\"data_base64\"")),
            structured.withValue(structured.value().replaceAll("\"io[^\"]*\"", "[1]")),
            new HandWritten("uploaded", "photos/poison.jpg", Map.of(), "no event"));
    Step step = step(topics, records.size() + 1, records);
    step.records()
        .add(
            new ProducerRecord<>(
                topics.name("deleted"), new byte[] {(byte) 0xff}, new byte[] {(byte) 0xfe, 0}));
    return step;
  }

  /** Many uploads, every third of them twice. */
  static Step many(EventTopics topics, int from, int to) {
    List<HandWritten> events = new ArrayList<>();
    IntStream.range(from, to)
        .forEach(i -> {
          HandWritten event = uploaded("photos/" + i, "many-" + i, 100 + i, "E", i);
          events.add(event);
          if (i % 3 == 0) {
            events.add(event);
          }
        });
    return step(
        topics,
        0,
        events,
        IntStream.range(from, to)
            .mapToObj(i -> line("uploaded", "photos/" + i, 100 + i, "E", i, "many-" + i))
            .toArray(String[]::new));
  }

  static String line(
      String kind, String object, long sequence, String etag, Object detail, String id) {
    return String.join(
        "\t", kind, object, Long.toString(sequence), etag, detail.toString(), SOURCE, id);
  }

  private static Step step(
      EventTopics topics, int skipped, List<HandWritten> events, String... lines) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    events.forEach(event -> records.add(event.toRecord(topics.name(event.kind()))));
    return new Step(records, List.of(lines), skipped);
  }
}
