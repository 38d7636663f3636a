package quayside.sink.thumbnail;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.Rendition;
import quayside.sink.thumbnail.engine.RenditionFormat;
import quayside.sink.thumbnail.engine.RenditionSpec;
import quayside.sink.thumbnail.engine.ThumbnailEngine;
import quayside.sink.thumbnail.engine.Thumbnails;

/**
 * An engine that paints nothing: every image is 4000 x 3000 and every thumbnail says what it was
 * asked for.
 */
final class FakeEngine implements ThumbnailEngine {
  private final List<List<RenditionSpec>> calls = new CopyOnWriteArrayList<>();
  private volatile @Nullable PermanentFailureException failure;
  private volatile Runnable before = () -> {};

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Set<RenditionFormat> formats() {
    return EnumSet.allOf(RenditionFormat.class);
  }

  @Override
  public Thumbnails render(MemorySegment image, List<RenditionSpec> wanted)
      throws PermanentFailureException, DependencyUnavailableException {
    calls.add(List.copyOf(wanted));
    before.run();
    if (failure != null) {
      throw failure;
    }
    return new Thumbnails(
        4000, 3000, "jpeg", "aGFzaA==", wanted.stream().map(FakeEngine::rendition).toList());
  }

  private static Rendition rendition(RenditionSpec spec) {
    return new Rendition(
        spec,
        spec.size(),
        spec.size() * 3 / 4,
        spec.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** What was asked for, call by call. */
  List<List<RenditionSpec>> calls() {
    return calls;
  }

  void failWith(PermanentFailureException newFailure) {
    failure = newFailure;
  }

  /** Runs something while an image is being rendered. */
  void during(Runnable something) {
    before = something;
  }

  @Override
  public void close() {}
}
