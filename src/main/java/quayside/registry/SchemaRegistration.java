package quayside.registry;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.EVENT_TYPE;
import static quayside.log.LogField.REASON;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.event.EventType;
import quayside.event.SchemaIds;
import quayside.registry.RegistryAnswer.Refused;
import quayside.registry.RegistryAnswer.Registered;
import quayside.registry.RegistryAnswer.Unavailable;
import quayside.registry.RegistryAnswer.Unknown;

/**
 * Makes the schema of every event type known to the registry, on a thread of its own that ends with
 * the last of them, and remembers the ids. Thread-safe.
 */
final class SchemaRegistration implements SchemaIds, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SchemaRegistration.class);

  private static final String NO_API = "HTTP 404: does quayside.registry.url name the API's begin?";

  private final RegistryClient client;
  private final Subjects subjects;
  private final RetryPauses pauses;
  private final Map<EventType, String> ids = new ConcurrentHashMap<>();
  private final Map<EventType, State> states = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("quayside-schema-registry").factory());

  // Of the thread alone: what it said last about a registry that is away, so that it says it once.
  private String said = "";

  /** How far the schema of a type is. */
  enum State {
    REGISTERED,
    PENDING,
    REFUSED
  }

  /** Nothing is asked before {@link #start()}. */
  SchemaRegistration(
      RegistryClient client, Subjects subjects, RetryPauses pauses, MeterRegistry metrics) {
    this.client = client;
    this.subjects = subjects;
    this.pauses = pauses;
    Arrays.stream(EventType.values()).forEach(type -> states.put(type, State.PENDING));
    for (State state : State.values()) {
      Gauge.builder("quayside.registry.schemas", this, registration -> registration.count(state))
          .description("Schemas of event types, by how far their registration is")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(metrics);
    }
  }

  @Override
  public @Nullable String of(EventType type) {
    return ids.get(type);
  }

  /** Begins to ask, and returns at once. */
  void start() {
    Arrays.stream(EventType.values()).forEach(type -> ask(type, 0, Duration.ZERO));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    client.close();
  }

  private void ask(EventType type, int failures, Duration pause) {
    if (!thread.isShutdown()) {
      var ignored =
          thread.schedule(() -> ask(type, failures), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void ask(EventType type, int failures) {
    try {
      switch (answer(type)) {
        case Registered registered -> registered(type, registered.id());
        case Refused refused -> refused(type, refused);
        case Unknown unknown -> unavailable(type, failures, new Unavailable("failed", NO_API));
        case Unavailable unavailable -> unavailable(type, failures, unavailable);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      unavailable(type, failures, new Unavailable("failed", e.toString()));
    }
  }

  // First looked up: who may only read has the ids of schemas that others registered.
  private RegistryAnswer answer(EventType type) throws InterruptedException {
    String subject = subjects.of(type);
    String schema = SchemaFiles.compact(type);
    RegistryAnswer found = client.lookUp(subject, schema);
    return found instanceof Unknown ? client.register(subject, schema) : found;
  }

  private void registered(EventType type, int id) {
    ids.put(type, Integer.toString(id));
    states.put(type, State.REGISTERED);
    LOG.infof(
        "subject %s has the schema, its id is %d %s",
        subjects.of(type), id, EVENT_TYPE.of(type.ceType()));
    if (count(State.REGISTERED) == states.size()) {
      close();
    }
  }

  private void refused(EventType type, Refused refused) {
    if (states.put(type, State.REFUSED) != State.REFUSED) {
      LOG.errorf(
          "the registry refuses the schema, and events go out without its id: compare it with the"
              + " latest version of subject %s and with that subject's compatibility; tried again"
              + " in an hour %s %s %s",
          subjects.of(type),
          EVENT_TYPE.of(type.ceType()),
          REASON.of("schema-refused"),
          CAUSE.of(refused.words()));
    }
    ask(type, 0, pauses.afterRefused());
  }

  private void unavailable(EventType type, int failures, Unavailable answer) {
    states.put(type, State.PENDING);
    if (!said.equals(answer.reason())) {
      said = answer.reason();
      LOG.warnf(
          "the registry does not register schemas, and events go out without their ids until it"
              + " does %s %s",
          REASON.of("registry-" + answer.reason()), CAUSE.of(answer.words()));
    }
    ask(type, failures + 1, pauses.afterFailures(failures + 1));
  }

  private long count(State state) {
    return states.values().stream().filter(state::equals).count();
  }
}
