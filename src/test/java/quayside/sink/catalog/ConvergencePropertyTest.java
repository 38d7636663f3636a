package quayside.sink.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;

/**
 * Whatever happened to an object, and in whatever order, how often and with however wrong clocks it
 * is told: in the end the catalog holds what the bucket has, and the index what the catalog holds.
 */
class ConvergencePropertyTest {
  private static final ObjectName NAME = new ObjectName("uploads", "a");

  @Property(tries = 3000)
  void anyOrderOfAnyHistory_endsAsTheBucketIs(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int steps) {
    Random random = new Random(seed);
    List<String> etags = IntStream.range(0, steps).mapToObj(n -> "E" + n).toList();
    History history = History.random(NAME, random, etags);
    ModelCatalog catalog = new ModelCatalog();
    Index index = new Index();
    List<CloudEvent<?>> pending = new ArrayList<>(history.deliveries(random));
    List<CloudEvent<?>> forIndex = new ArrayList<>(pending);

    while (!pending.isEmpty() || catalog.isToBeLookedAt()) {
      if (!pending.isEmpty() && (random.nextInt(3) > 0 || !catalog.isToBeLookedAt())) {
        catalog.apply(pending.removeFirst());
      } else {
        catalog
            .look(history.live(), NAME)
            .ifPresent(verdict -> {
              pending.add(random.nextInt(pending.size() + 1), verdict);
              forIndex.add(random.nextInt(forIndex.size() + 1), verdict);
            });
      }
      assertThat(catalog.looks()).as("looks end").isLessThanOrEqualTo(2 * steps);
    }
    forIndex.forEach(index::apply);

    assertThat(catalog.held().isDeleted()).isEqualTo(history.live() == null);
    assertThat(catalog.held().etag).isEqualTo(history.live());
    if (history.live() != null) {
      assertThat(catalog.held().variables).containsEntry("x:etag", history.live());
    }
    assertThat(index.version).isEqualTo(catalog.held().sequence);
    assertThat(index.deleted).isEqualTo(catalog.held().isDeleted());
  }

  /** A sink with a fence and nothing else. */
  private static final class Index {
    private long version = -1;
    private boolean deleted;

    void apply(CloudEvent<?> event) {
      if (event.sequence() > version) {
        version = event.sequence();
        deleted = event.data() instanceof ObjectDeleted;
      }
    }
  }
}
