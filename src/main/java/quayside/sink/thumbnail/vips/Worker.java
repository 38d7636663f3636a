package quayside.sink.thumbnail.vips;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.ImageHeader;
import quayside.sink.thumbnail.engine.Rendition;
import quayside.sink.thumbnail.engine.RenditionSpec;
import quayside.sink.thumbnail.worker.FrameHeader;
import quayside.sink.thumbnail.worker.FrameType;
import quayside.sink.thumbnail.worker.Messages;

/**
 * One worker process and the conversation with it. Used by one thread at a time, except {@link
 * #kill()}. After a {@link WorkerLostException} it is of no more use.
 */
final class Worker implements AutoCloseable {
  /** No thumbnail is larger: 8192 x 8192 pixels at the best quality stay below. */
  private static final int MAX_RENDITION_BYTES = 256 * 1024 * 1024;

  private static final int CHUNK = 64 * 1024;
  private static final Duration EXIT_PATIENCE = Duration.ofSeconds(1);

  private final Process process;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final FirstOutput errors;
  private volatile String version = "";

  private Worker(Process process) {
    this.process = process;
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    this.errors = FirstOutput.of(process.getErrorStream());
  }

  /** Starts a process; it may not work yet. */
  static Worker start(WorkerCommand command) throws WorkerLostException {
    try {
      return new Worker(command.start());
    } catch (IOException e) {
      throw new WorkerLostException("the worker process cannot be started", e);
    }
  }

  /** Waits until the worker is up and returns the version of its libvips. */
  String awaitReady() throws WorkerLostException {
    try {
      version = Messages.readText(payload(expect(FrameType.READY)));
      return version;
    } catch (IOException | PermanentFailureException e) {
      throw lost(e);
    }
  }

  /** Gives the worker an image, to keep until the next, and returns what its header claims. */
  ImageHeader probe(MemorySegment image) throws PermanentFailureException, WorkerLostException {
    try {
      new FrameHeader(FrameType.PROBE, Math.toIntExact(image.byteSize())).writeTo(out);
      write(image);
      out.flush();
      return Messages.readHeader(payload(expect(FrameType.HEADER)));
    } catch (IOException | IllegalArgumentException e) {
      throw lost(e);
    }
  }

  /**
   * What was made of an image.
   *
   * @param thumbHash placeholder in base64
   */
  record Made(String thumbHash, List<Rendition> renditions) {}

  /** Makes the placeholder and renditions of the image probed last. */
  Made render(List<RenditionSpec> wanted) throws PermanentFailureException, WorkerLostException {
    try {
      send(FrameType.RENDER, Messages.render(wanted));
      String thumbHash = Messages.readText(payload(expect(FrameType.PLACEHOLDER)));
      List<Rendition> renditions = new ArrayList<>();
      for (RenditionSpec spec : wanted) {
        FrameHeader frame = expect(FrameType.RENDITION);
        int width = in.readInt();
        int height = in.readInt();
        byte[] content = readExactly(frame.length() - 2 * Integer.BYTES);
        renditions.add(new Rendition(spec, width, height, content));
      }
      return new Made(thumbHash, renditions);
    } catch (IOException | IllegalArgumentException e) {
      throw lost(e);
    }
  }

  /** Version of its libvips, once it is up. */
  String version() {
    return version;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Process id, for logs. */
  long pid() {
    return process.pid();
  }

  /**
   * Ends the process at once; whoever waits for its answer gets a {@link WorkerLostException}.
   * Thread-safe.
   */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
  }

  private void send(FrameType type, byte[] payload) throws IOException {
    new FrameHeader(type, payload.length).writeTo(out);
    out.write(payload);
    out.flush();
  }

  private void write(MemorySegment bytes) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (long offset = 0; offset < bytes.byteSize(); ) {
      int count = (int) Math.min(chunk.length, bytes.byteSize() - offset);
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, offset, chunk, 0, count);
      out.write(chunk, 0, count);
      offset += count;
    }
  }

  private FrameHeader expect(FrameType type) throws IOException, PermanentFailureException {
    FrameHeader frame = FrameHeader.readFrom(in, MAX_RENDITION_BYTES);
    if (frame.type() == FrameType.FAILURE) {
      throw Messages.readFailure(payload(frame));
    }
    if (frame.type() != type) {
      throw new IOException("frame type: " + frame.type() + " where " + type + " was expected");
    }
    return frame;
  }

  private byte[] payload(FrameHeader frame) throws IOException {
    if (frame.length() > Messages.MAX_LENGTH) {
      throw new IOException("frame length: " + frame.length() + " for a " + frame.type());
    }
    return readExactly(frame.length());
  }

  private byte[] readExactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private WorkerLostException lost(Exception cause) {
    String exit = exitStatus();
    kill();
    return new WorkerLostException(
        "worker process %d %s; it said: %s".formatted(pid(), exit, errors.text()), cause);
  }

  private String exitStatus() {
    try {
      boolean ended = process.waitFor(EXIT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return ended ? "ended with status " + process.exitValue() : "broke the protocol";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "was given up";
    }
  }
}
