package quayside.sink.thumbnail;

import static quayside.log.LogField.CAUSE;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.Patience;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.RenditionFormat;
import quayside.sink.thumbnail.engine.RenditionSpec;

/**
 * Makes the thumbnails of a changed preset for what was uploaded before: each upload goes through
 * the sink once more, no faster than told, which makes what is missing and announces it. Uploads
 * since overwritten or deleted are skipped by the sink. One that was stopped, by whatever, goes on
 * where it was. One at a time in an instance; thread-safe.
 */
@ApplicationScoped
public class Regeneration {
  private static final Logger LOG = Logger.getLogger(Regeneration.class);

  private final ThumbnailConfig config;
  private final ThumbnailTopicsConfig topics;
  private final Map<String, Object> kafka;
  private final ThumbnailPipeline pipeline;
  private final Clock clock;
  private RegenerationStatus status = RegenerationStatus.NONE;
  private CountDownLatch cancelled = new CountDownLatch(1);

  Regeneration(
      ThumbnailConfig config,
      ThumbnailTopicsConfig topics,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      ThumbnailPipeline pipeline,
      Clock clock) {
    this.config = config;
    this.topics = topics;
    this.kafka = kafka;
    this.pipeline = pipeline;
    this.clock = clock;
  }

  /** Why none was begun. */
  public enum Refusal {
    /** No preset has this name. */
    UNKNOWN_PRESET,
    /** One is under way in this instance. */
    REGENERATION_UNDER_WAY
  }

  /**
   * Begins one in the background, or resumes it.
   *
   * @param perSecond most uploads a second; must be positive
   * @param restart from the first upload, even if it had come further
   */
  public synchronized Optional<Refusal> start(String preset, double perSecond, boolean restart) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("perSecond: " + perSecond + " must be positive");
    }
    Optional<String> campaign = campaign(preset);
    if (campaign.isEmpty()) {
      return Optional.of(Refusal.UNKNOWN_PRESET);
    }
    if (status.isRunning()) {
      return Optional.of(Refusal.REGENERATION_UNDER_WAY);
    }
    status = RegenerationStatus.started(campaign.get(), clock.instant());
    CountDownLatch cancel = new CountDownLatch(1);
    cancelled = cancel;
    Thread.ofPlatform()
        .daemon()
        .name("thumbnails-regenerate")
        .start(() -> run(campaign.get(), perSecond, restart, cancel));
    return Optional.empty();
  }

  /** How far it is. */
  public synchronized RegenerationStatus status() {
    return status;
  }

  /** Stops the one under way; it can be resumed. */
  @PreDestroy
  public synchronized void cancel() {
    cancelled.countDown();
  }

  private Optional<String> campaign(String preset) {
    return Recipe.of(config, EnumSet.allOf(RenditionFormat.class)).specs().stream()
        .filter(spec -> spec.preset().equals(preset))
        .map(Regeneration::name)
        .findFirst();
  }

  private static String name(RenditionSpec spec) {
    return spec.preset() + "-v" + spec.version();
  }

  private void run(String campaign, double perSecond, boolean restart, CountDownLatch cancel) {
    String group = config.group() + ".regenerate." + campaign;
    LOG.infof("thumbnails: regeneration of %s begins", campaign);
    Patience patience = new Patience(cancel, this::waiting);
    try (CampaignConsumer consumer = new CampaignConsumer(kafka, group, topics.objectUploaded())) {
      long total = patience.with(() -> consumer.begin(restart));
      update(status -> status.of(total));
      while (patience.with(consumer::hasNext)) {
        for (CloudEvent<ObjectUploaded> event : patience.with(consumer::poll)) {
          patience.pause(Duration.ofNanos((long) (1e9 / perSecond)));
          boolean failed = event != null && !patience.with(() -> apply(event));
          update(status -> status.advanced(1, failed ? 1 : 0));
        }
        patience.with(consumer::commit);
      }
      end("done", null);
    } catch (InterruptedException e) {
      end("cancelled", null);
    } catch (RuntimeException e) {
      LOG.error("thumbnails: regeneration failed for no known reason", e);
      end("failed", e.toString());
    }
  }

  private boolean apply(CloudEvent<ObjectUploaded> event) throws DependencyUnavailableException {
    try {
      pipeline.apply(List.of(event));
      return true;
    } catch (PermanentFailureException e) {
      return false; // set aside when it was new
    }
  }

  private void waiting(String problem) {
    LOG.warnf("thumbnails: regeneration waits %s", CAUSE.of(problem));
    update(status -> status.waiting(problem));
  }

  private void end(String state, @Nullable String problem) {
    update(status -> status.ended(state, problem, clock.instant()));
    LOG.infof("thumbnails: regeneration %s, %d uploads read", state, status().read());
  }

  private synchronized void update(UnaryOperator<RegenerationStatus> change) {
    status = change.apply(status);
  }
}
