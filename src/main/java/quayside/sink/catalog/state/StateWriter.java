package quayside.sink.catalog.state;

import static java.util.stream.Collectors.toMap;
import static quayside.log.LogField.BUCKET;
import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.OBJECT_KEY;
import static quayside.log.LogField.REASON;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jboss.logging.Logger;
import quayside.event.CloudEvent;
import quayside.event.InvalidEventException;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.catalog.LockedObjects;
import quayside.sink.catalog.LockedObjects.Known;
import quayside.sink.catalog.ObjectName;
import quayside.sink.catalog.state.ToldObject.Told;

/**
 * Publishes the states of some objects: lock, read, publish, unlock. Doing it again does no harm,
 * and what did not end cleanly has to be done again; the reasons are in the package's
 * documentation. Blocks; thread-safe.
 */
@ApplicationScoped
class StateWriter {
  private static final Logger LOG = Logger.getLogger(StateWriter.class);

  private final LockedObjects catalog;
  private final StatePublisher publisher;
  private final StateMetrics metrics;

  StateWriter(LockedObjects catalog, StatePublisher publisher, StateMetrics metrics) {
    this.catalog = catalog;
    this.publisher = publisher;
    this.metrics = metrics;
  }

  /**
   * Publishes the state of each object.
   *
   * @param objects no two with the same name, each of a name that the catalog can hold
   * @throws DependencyUnavailableException when database or Kafka is away
   */
  Written write(Collection<ToldObject> objects) throws DependencyUnavailableException {
    if (objects.isEmpty()) {
      return Written.NOTHING;
    }
    Map<ObjectName, ToldObject> told =
        objects.stream().collect(toMap(ToldObject::name, Function.identity()));
    SortedSet<Integer> stripes = new TreeSet<>();
    told.keySet().forEach(name -> stripes.add(publisher.stripe(name)));
    Cycle cycle = new Cycle(told);
    catalog.run(stripes, told.keySet(), cycle::publish);
    return cycle.count();
  }

  /**
   * What became of some objects.
   *
   * @param published with a state
   * @param tombstones as gone
   * @param skipped of which there is nothing to tell, or nothing that can be told
   */
  record Written(int published, int tombstones, int skipped) {
    static final Written NOTHING = new Written(0, 0, 0);
  }

  /** One batch under its locks. Used by one thread. */
  private final class Cycle {
    private final Map<ObjectName, ToldObject> told;
    private final Map<String, Integer> skipped = new HashMap<>();
    private int states;
    private int tombstones;

    Cycle(Map<ObjectName, ToldObject> told) {
      this.told = told;
    }

    void publish(List<Known> known) throws DependencyUnavailableException {
      Map<ObjectName, List<CloudEvent<?>>> setAside = setAside(known);
      List<CurrentState> current = new ArrayList<>(known.size());
      for (Known object : known) {
        CurrentState.of(object, setAside.getOrDefault(object.name(), List.of()))
            .ifPresentOrElse(current::add, () -> skip("unknown-object"));
      }
      List<CurrentState> tooLarge = publisher.publish(current);
      current.removeAll(tooLarge);
      tooLarge.forEach(this::skipTooLarge);
      tombstones = (int) current.stream().filter(CurrentState::isGone).count();
      states = current.size() - tombstones;
    }

    // Only when the locks held to the end: what is done again is counted once.
    Written count() {
      metrics.published(states, tombstones);
      skipped.forEach(metrics::skipped);
      return new Written(states, tombstones, told.size() - states - tombstones);
    }

    private Map<ObjectName, List<CloudEvent<?>>> setAside(List<Known> known)
        throws DependencyUnavailableException {
      Map<CloudEvent<?>, ObjectName> newer = new HashMap<>();
      for (Known object : known) {
        ToldObject said = told.get(object.name());
        for (Told event : said == null ? List.<Told>of() : said.events()) {
          if (event.mayBeNewerThan(object)) {
            read(event, object.name(), newer);
          }
        }
      }
      Map<ObjectName, List<CloudEvent<?>>> setAside = new HashMap<>();
      catalog
          .unseen(List.copyOf(newer.keySet()))
          .forEach(event ->
              setAside.computeIfAbsent(newer.get(event), name -> new ArrayList<>()).add(event));
      return setAside;
    }

    private void read(Told told, ObjectName name, Map<CloudEvent<?>, ObjectName> events) {
      try {
        events.put(told.event().read(), name);
      } catch (InvalidEventException e) {
        skip("invalid-event");
        LOG.debugf(
            "skipped %s %s %s %s",
            REASON.of("invalid-event"),
            BUCKET.of(name.bucket()),
            OBJECT_KEY.of(name.key()),
            CAUSE.of(e.getMessage()));
      }
    }

    private void skipTooLarge(CurrentState state) {
      skip("too-large");
      LOG.warnf(
          "skipped %s %s %s",
          REASON.of("too-large"),
          BUCKET.of(state.event().data().bucket()),
          OBJECT_KEY.of(state.event().data().key()));
    }

    private void skip(String reason) {
      skipped.merge(reason, 1, Integer::sum);
    }
  }
}
