package example;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Applies every event once, whatever arrives twice, late or broken: first the effect is durable,
 * then it is printed, then the position is committed. What comes again after a crash finds its
 * identity and its fence in the view.
 */
public final class Subscriber {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  // In UTF-8 whatever the locale.
  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);

  private final Options options;
  private final KafkaConsumer<String, byte[]> consumer;
  private final EffectReader reader;
  private final View view;

  private int applied;
  private int duplicate;
  private int stale;
  private int skipped;
  private int refused;

  private Subscriber(
      Options options, KafkaConsumer<String, byte[]> consumer, EffectReader reader, View view) {
    this.options = options;
    this.consumer = consumer;
    this.reader = reader;
    this.view = view;
  }

  public static void main(String[] arguments) throws Exception {
    if (List.of(arguments).contains("--help")) {
      System.out.print(Options.HELP);
      return;
    }
    try {
      run(Options.parse(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "; --help lists the options");
      System.exit(2);
    } catch (TimeoutException e) {
      System.err.println("Kafka does not answer: is it running? --bootstrap-servers says where");
      System.exit(1);
    }
  }

  private static void run(Options options) throws Exception {
    EffectReader reader = new EffectReader(signatures(options));
    CountDownLatch done = new CountDownLatch(1);
    try (View view = View.open(options.view());
        KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(
                settings(options), new StringDeserializer(), new ByteArrayDeserializer())) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(consumer, done)));
      new Subscriber(options, consumer, reader, view).consume();
    } finally {
      done.countDown();
    }
  }

  private static Map<String, Object> settings(Options options) {
    return Map.of(
        "bootstrap.servers",
        options.bootstrapServers(),
        "group.id",
        options.group(),
        // The view belongs to one process: it has its partitions back at once after a restart.
        "group.instance.id",
        options.group(),
        "reconnect.backoff.ms",
        1000,
        "reconnect.backoff.max.ms",
        10_000,
        "enable.auto.commit",
        false,
        "auto.offset.reset",
        "earliest");
  }

  private static Signatures signatures(Options options) {
    try {
      return options.publicKey() == null
          ? null
          : Signatures.ofPem(options.publicKey(), options.keyId());
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--public-key " + options.publicKey() + " is no readable Ed25519 public key in PEM", e);
    }
  }

  private void consume() throws Exception {
    try {
      checkTopics();
      if (options.bootstrap()) {
        new Bootstrap(consumer, options)
            .run(() -> apply(consumer.poll(Duration.ofSeconds(1)), reader::readState));
      }
      consumer.subscribe(options.eventTopics());
      while (true) {
        ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofSeconds(1));
        apply(records, record -> List.of(reader.read(record)));
        commit();
      }
    } catch (WakeupException stop) {
      System.err.printf(
          "applied %d, duplicate %d, stale %d, skipped %d, refused %d%n",
          applied, duplicate, stale, skipped, refused);
    }
  }

  private void checkTopics() {
    Set<String> missing = new TreeSet<>(options.eventTopics());
    if (options.bootstrap()) {
      missing.add(options.stateTopic());
    }
    missing.removeAll(consumer.listTopics(PATIENCE).keySet());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no topic " + missing + ": start Quayside first, or name yours");
    }
  }

  private interface Reading {
    List<Effect> read(ConsumerRecord<String, byte[]> record) throws SkippedException;
  }

  private void apply(ConsumerRecords<String, byte[]> records, Reading reading) throws IOException {
    List<Effect> effects = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        reading.read(record).stream().filter(this::admit).forEach(effects::add);
      } catch (RefusedException e) {
        refused++;
        report("refused", record, e);
      } catch (SkippedException e) {
        skipped++;
        report("skipped", record, e);
      }
    }
    if (!effects.isEmpty()) {
      view.append(effects);
      applied += effects.size();
      effects.forEach(effect -> OUT.println(effect.toLine()));
      OUT.flush();
    }
  }

  private boolean admit(Effect effect) {
    return switch (view.admit(effect)) {
      case APPLIED -> true;
      case DUPLICATE -> {
        duplicate++;
        yield false;
      }
      case STALE -> {
        stale++;
        yield false;
      }
    };
  }

  private void commit() {
    try {
      consumer.commitSync();
    } catch (CommitFailedException e) {
      System.err.println("position not committed, records will come again: " + e.getMessage());
    }
  }

  private static void report(String what, ConsumerRecord<?, ?> record, SkippedException why) {
    System.err.printf(
        "%s %s/%d/%d: %s%n",
        what, record.topic(), record.partition(), record.offset(), why.getMessage());
  }

  /** SIGTERM: what is under way is brought to its end. */
  private static void stop(KafkaConsumer<?, ?> consumer, CountDownLatch done) {
    consumer.wakeup();
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
