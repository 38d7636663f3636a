package quayside.sink.catalog.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import quayside.event.CloudEvent;
import quayside.event.ObjectState;
import quayside.event.ObjectThumbnailed;
import quayside.sink.catalog.LockedObjects.Known;
import quayside.sink.catalog.ObjectName;
import quayside.sink.catalog.Upload;
import quayside.sink.catalog.Verdict;

/** Of what the catalog holds and what it set aside, the newest counts, in either order. */
class CurrentStateTest {
  private static final ObjectName NAME = new ObjectName("bucket", "key");
  private static final Upload OLD = Upload.of("bucket", "key").withSequence(5).withEtag("OLD");
  private static final Upload NEW = Upload.of("bucket", "key").withSequence(9).withEtag("NEW");

  @Test
  void nothingKnown_isNoState() {
    assertThat(CurrentState.of(known(null, null, -1), List.of())).isEmpty();
  }

  @Test
  void heldEvent_winsOverOlderAndEquallyOldOnesSetAside() {
    Optional<CurrentState> state =
        CurrentState.of(
            known(NEW.event(), null, -1), List.of(OLD.event(), OLD.withSequence(9).event()));

    assertThat(event(state).data().etag()).isEqualTo("NEW");
    assertThat(event(state).sequence()).isEqualTo(9);
  }

  @Test
  void eventSetAside_isToldWhenItIsNewer() {
    Optional<CurrentState> state =
        CurrentState.of(
            known(OLD.event(), OLD.thumbnails(), 5), List.of(NEW.event(), NEW.thumbnails()));

    assertThat(event(state).data().uploadId()).isEqualTo(NEW.id());
    assertThat(thumbnails(state).etag()).isEqualTo("NEW");
    assertThat(thumbnails(state).sequence()).isEqualTo("9");
  }

  /** Uploads and deletions have one order, thumbnailings have one of their own. */
  @Test
  void fences_areTwo() {
    Optional<CurrentState> state =
        CurrentState.of(known(NEW.event(), OLD.thumbnails(), 5), List.of());

    assertThat(event(state).sequence()).isEqualTo(9);
    assertThat(thumbnails(state).sequence()).isEqualTo("5");
  }

  @Test
  void deletionSetAside_isATombstone() {
    Optional<CurrentState> state =
        CurrentState.of(
            known(OLD.event(), OLD.thumbnails(), 5),
            List.of(Verdict.gone("bucket", "key", Instant.ofEpochSecond(1))));

    assertThat(state.orElseThrow().isGone()).isTrue();
    assertThat(event(state).sequence()).isEqualTo(1_000_000);
  }

  /** A deletion forgets the thumbnails and keeps their fence. */
  @Test
  void thumbnailsOlderThanADeletion_areNotTold() {
    Optional<CurrentState> state =
        CurrentState.of(known(NEW.event(), null, 8), List.of(OLD.thumbnails()));

    assertThat(event(state).data().thumbnails()).isNull();
  }

  @Test
  void thumbnailsWithoutAnUpload_haveSequenceZeroAndNothingElse() {
    Optional<CurrentState> state = CurrentState.of(known(null, OLD.thumbnails(), 5), List.of());

    assertThat(event(state).sequence()).isZero();
    assertThat(event(state).causationId()).isNull();
    assertThat(event(state).data().uploadId()).isNull();
    assertThat(event(state).data().verification()).isNull();
    assertThat(thumbnails(state).sequence()).isEqualTo("5");
  }

  /** Told again by anybody it is the same event; any difference makes it another. */
  @Test
  void id_isMadeOfWhatIsTold() {
    CloudEvent<ObjectState> told = event(CurrentState.of(known(OLD.event(), null, -1), List.of()));

    assertThat(event(CurrentState.of(known(OLD.event(), null, 3), List.of())).id())
        .isEqualTo(told.id())
        .matches("state-[0-9a-f]{64}");
    assertThat(event(CurrentState.of(known(OLD.event(), OLD.thumbnails(), 5), List.of())).id())
        .isNotEqualTo(told.id());
    assertThat(event(CurrentState.of(known(NEW.event(), null, -1), List.of())).id())
        .isNotEqualTo(told.id());
  }

  private static Known known(
      @Nullable CloudEvent<?> object,
      @Nullable CloudEvent<ObjectThumbnailed> thumbnails,
      long thumbnailsFence) {
    return new Known(NAME, object, thumbnails, thumbnailsFence);
  }

  private static CloudEvent<ObjectState> event(Optional<CurrentState> state) {
    return state.orElseThrow().event();
  }

  private static ObjectState.Thumbnails thumbnails(Optional<CurrentState> state) {
    ObjectState.Thumbnails thumbnails = event(state).data().thumbnails();
    assertThat(thumbnails).isNotNull();
    return thumbnails;
  }
}
