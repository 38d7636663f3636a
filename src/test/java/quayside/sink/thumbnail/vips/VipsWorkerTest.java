package quayside.sink.thumbnail.vips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.Budget;
import quayside.sink.thumbnail.engine.ImageLimits;
import quayside.sink.thumbnail.engine.RenditionFormat;
import quayside.sink.thumbnail.engine.RenditionSpec;
import quayside.sink.thumbnail.engine.TestImages;
import quayside.sink.thumbnail.engine.Thumbnails;

/** What a separate process is for: crashes, endless decoding, leaks, and a service that dies. */
class VipsWorkerTest {
  private static final List<RenditionSpec> SMALL =
      List.of(new RenditionSpec("small", 128, RenditionFormat.WEBP, 80));
  private static final long MANY_PIXELS = 200_000_000;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  @Test
  void avif_isRead() throws Exception {
    Thumbnails thumbnails =
        engine(1).render(MemorySegment.ofArray(TestImages.file("quadrants.avif")), SMALL);

    assertThat(thumbnails.format()).isEqualTo("avif");
    assertThat(thumbnails.width()).isEqualTo(240);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.9})
  void truncatedAvif_isRefused(double share) throws Exception {
    VipsEngine engine = engine(1);

    assertThatThrownBy(() ->
            engine.render(
                MemorySegment.ofArray(
                    TestImages.truncated(TestImages.file("quadrants.avif"), share)),
                SMALL))
        .isInstanceOfSatisfying(
            PermanentFailureException.class,
            e ->
                assertThat(e.failure())
                    .as(e.getMessage())
                    .isIn("image-truncated", "image-corrupt"));
  }

  /** The signals of an operator, the kernel's memory killer, and a bug in a decoder. */
  /**
   * A virtual thread that reads a pipe holds its carrier, and the JDK does not replace one for
   * long: as many idle workers as processors would stop every virtual thread of the service.
   */
  @Test
  void idleWorkers_holdNoCarrierOfVirtualThreads() throws Exception {
    engine(1).render(MemorySegment.ofArray(TestImages.jpeg(60, 40)), SMALL);

    // Virtual threads are not among these.
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .contains("thumbnail-worker-stderr");
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "SEGV", "ABRT"})
  void crashInTheMiddleOfAnImage_isRepairedWithAFreshWorker(String signal) throws Exception {
    VipsEngine engine = engine(1);
    long pid = engine.workerPids().getFirst();
    signal(pid, "STOP");
    CompletableFuture<Thumbnails> result = renderAsync(engine, TestImages.jpeg(600, 400));
    awaitBusy(engine);

    signal(pid, signal);
    resume(pid);

    assertThat(result.get(20, TimeUnit.SECONDS).renditions()).hasSize(1);
    assertThat(engine.workerPids()).hasSize(1).doesNotContain(pid);
    assertThat(lost("crash")).isEqualTo(1);
  }

  @Test
  void crashOfAnIdleWorker_isNotNoticed() throws Exception {
    VipsEngine engine = engine(1);
    long pid = engine.workerPids().getFirst();
    signal(pid, "KILL");
    await().until(() -> !isRunning(pid));

    assertThat(engine.render(MemorySegment.ofArray(TestImages.jpeg(60, 40)), SMALL).renditions())
        .hasSize(1);
  }

  /** The second worker dies too: now it is the image. */
  @Test
  void imageThatCrashesTwoWorkers_isGivenUp() throws Exception {
    VipsEngine engine = engineOf(CrashingWorker.command(), 1, limits(Duration.ofSeconds(20)));

    assertThatThrownBy(() -> engine.render(MemorySegment.ofArray(TestImages.jpeg(60, 40)), SMALL))
        .isInstanceOfSatisfying(
            PermanentFailureException.class,
            e -> assertThat(e.failure()).isEqualTo("image-crashed-engine"))
        .hasMessageContaining("status 134")
        .hasMessageContaining("simulated crash");
    assertThat(lost("crash")).isEqualTo(2);
  }

  /** A crashing JVM, or a C library, prints into the stream of frames. */
  @Test
  void noiseInTheStream_countsAsACrash() throws Exception {
    VipsEngine engine = engineOf(CrashingWorker.noisyCommand(), 1, limits(Duration.ofSeconds(20)));

    assertThatThrownBy(() -> engine.render(MemorySegment.ofArray(TestImages.jpeg(60, 40)), SMALL))
        .isInstanceOfSatisfying(
            PermanentFailureException.class,
            e -> assertThat(e.failure()).isEqualTo("image-crashed-engine"));
  }

  @Test
  void imageThatTakesTooLong_endsItsWorkerAndIsNotTriedAgain() throws Exception {
    VipsEngine engine = engineOf(command(MANY_PIXELS), 1, limits(Duration.ofMillis(500)));
    long pid = engine.workerPids().getFirst();
    signal(pid, "STOP");

    assertThatThrownBy(() -> engine.render(MemorySegment.ofArray(TestImages.jpeg(600, 400)), SMALL))
        .isInstanceOfSatisfying(
            PermanentFailureException.class,
            e -> assertThat(e.failure()).isEqualTo("image-timeout"));

    await().until(() -> !isRunning(pid));
    assertThat(lost("timeout")).isEqualTo(1);
    assertThat(lost("crash")).isZero();
  }

  @Test
  void slowImage_doesNotHoldUpOthers() throws Exception {
    VipsEngine engine = engine(2);
    long pid = engine.workerPids().getFirst();
    signal(pid, "STOP");
    CompletableFuture<Thumbnails> stuck = renderAsync(engine, TestImages.jpeg(600, 400));
    awaitBusy(engine);

    assertThat(engine.render(MemorySegment.ofArray(TestImages.jpeg(60, 40)), SMALL).renditions())
        .hasSize(1);

    assertThat(stuck).isNotDone();
    signal(pid, "CONT");
    assertThat(stuck.get(20, TimeUnit.SECONDS).renditions()).hasSize(1);
  }

  /** More memory than the limit is an error of one image, not of the machine. */
  @Test
  void memoryLimit_holds() throws Exception {
    VipsEngine engine =
        engineOf(
            WorkerCommand.of(InstalledVips.library(), 64 * 1024 * 1024, 300L * 1024 * 1024),
            1,
            limits(Duration.ofSeconds(30)));
    byte[] hungry =
        TestImages.jpegClaiming(TestImages.file("quadrants-progressive.jpg"), 14_000, 14_000);

    assertThatThrownBy(() -> engine.render(MemorySegment.ofArray(hungry), SMALL))
        .isInstanceOfSatisfying(
            PermanentFailureException.class,
            e -> assertThat(e.failure()).as(e.getMessage()).isEqualTo("image-too-many-pixels"))
        .hasMessageContaining("nsufficient memory");
    assertThat(engine.render(MemorySegment.ofArray(TestImages.jpeg(60, 40)), SMALL).renditions())
        .hasSize(1);
  }

  @Test
  void manyImages_doNotFillTheWorker() throws Exception {
    VipsEngine engine = engine(1);
    byte[] image = TestImages.jpeg(1500, 1000);
    long pid = engine.workerPids().getFirst();
    for (int i = 0; i < 40; i++) {
      engine.render(MemorySegment.ofArray(image), SMALL);
    }
    long before = residentBytes(pid);
    for (int i = 0; i < 200; i++) {
      engine.render(MemorySegment.ofArray(image), SMALL);
    }

    assertThat(engine.workerPids()).containsExactly(pid);
    assertThat(residentBytes(pid) - before).isLessThan(40L * 1024 * 1024);
  }

  /** The service's environment holds the keys to the bucket. */
  @Test
  void worker_seesNothingOfTheEnvironment() throws Exception {
    long pid = engine(1).workerPids().getFirst();

    String environment = Files.readString(Path.of("/proc", Long.toString(pid), "environ"));

    assertThat(environment.split("\0"))
        .containsExactlyInAnyOrder(
            "VIPS_WARNING=0",
            "MALLOC_ARENA_MAX=2",
            "MALLOC_MMAP_THRESHOLD_=131072",
            "MALLOC_TRIM_THRESHOLD_=131072");
  }

  @Test
  void closedEngine_leavesNoProcess() throws Exception {
    VipsEngine engine = engine(2);
    engine.render(MemorySegment.ofArray(TestImages.jpeg(60, 40)), SMALL);
    List<Long> pids = engine.workerPids();

    engine.close();

    await().until(() -> pids.stream().noneMatch(VipsWorkerTest::isRunning));
  }

  @Test
  void idleWorker_endsWithItsStandardInput() throws Exception {
    Process worker = command(MANY_PIXELS).start();
    worker.getOutputStream().close();

    assertThat(worker.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(worker.exitValue()).isZero();
  }

  /** The service is killed while its worker decodes, and so does not see the end of its input. */
  @Test
  void worker_endsSoonAfterItsParentEvenWhenItsInputGoesOn(@TempDir Path dir) throws Exception {
    Path input = dir.resolve("input");
    assertThat(new ProcessBuilder("mkfifo", input.toString()).start().waitFor()).isZero();
    try (RandomAccessFile keptOpen = new RandomAccessFile(input.toFile(), "rw")) {
      Process parent = ParentOfAWorker.start(input, dir.resolve("pid"));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Files.exists(dir.resolve("pid")) && Files.size(dir.resolve("pid")) > 0);
      long worker = Long.parseLong(Files.readString(dir.resolve("pid")));
      await().atMost(Duration.ofSeconds(20)).until(() -> hasLoadedLibrary(worker));

      parent.destroyForcibly();

      await().atMost(Duration.ofSeconds(15)).until(() -> !isRunning(worker));
      assertThat(keptOpen.getFD().valid()).isTrue();
    }
  }

  @Test
  void fileThatIsNoLibrary_isSaidToBeSo(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("libvips.so"), "not a library");

    assertThatThrownBy(() ->
            engineOf(
                WorkerCommand.of(file, 1000, InstalledVips.WORKER_MEMORY),
                1,
                limits(Duration.ofSeconds(5))))
        .isInstanceOf(DependencyUnavailableException.class)
        .hasMessageContaining("libvips.so");
  }

  private VipsEngine engine(int workers) throws DependencyUnavailableException {
    return engineOf(command(MANY_PIXELS), workers, limits(Duration.ofSeconds(20)));
  }

  private VipsEngine engineOf(WorkerCommand command, int workers, ImageLimits limits)
      throws DependencyUnavailableException {
    VipsEngine engine = new VipsEngine(command, workers, limits, new Budget(MANY_PIXELS), metrics);
    open.add(engine);
    return engine;
  }

  private static WorkerCommand command(long maxImageBytes) {
    return WorkerCommand.of(
        InstalledVips.library(), (int) maxImageBytes, InstalledVips.WORKER_MEMORY);
  }

  private static ImageLimits limits(Duration timeLimit) {
    return new ImageLimits(MANY_PIXELS, MANY_PIXELS, MANY_PIXELS, 10, timeLimit);
  }

  private static CompletableFuture<Thumbnails> renderAsync(VipsEngine engine, byte[] image) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return engine.render(MemorySegment.ofArray(image), SMALL);
      } catch (PermanentFailureException | DependencyUnavailableException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private static void awaitBusy(VipsEngine engine) {
    await().until(() -> engine.busyWorkers() == 1);
  }

  private double lost(String cause) {
    return metrics.counter("quayside.thumbnail.worker.lost", "cause", cause).count();
  }

  private static void signal(long pid, String name) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  /**
   * A stopped process takes other signals when it goes on; SIGKILL does not wait, so it may be
   * gone.
   */
  private static void resume(long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-CONT", Long.toString(pid)).start().waitFor();
  }

  private static boolean hasLoadedLibrary(long pid) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(pid), "maps")).contains("libvips");
  }

  private static boolean isRunning(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static long residentBytes(long pid) throws IOException {
    String[] statm = Files.readString(Path.of("/proc", Long.toString(pid), "statm")).split(" ");
    return Long.parseLong(statm[1]) * 4096;
  }
}
