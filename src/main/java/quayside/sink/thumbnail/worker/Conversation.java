package quayside.sink.thumbnail.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.RenditionSpec;

/**
 * The worker's side of the protocol: an image comes in, its header goes out, the service decides,
 * renditions go out. Image bytes go from the stream to native memory and back in small pieces, so
 * the heap stays small whatever the image.
 */
final class Conversation {
  private static final int CHUNK = 64 * 1024;

  private final VipsRenderer renderer;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final int maxFrame;
  private final byte[] chunk = new byte[CHUNK];

  Conversation(VipsRenderer renderer, DataInputStream in, DataOutputStream out, int maxImageBytes) {
    this.renderer = renderer;
    this.in = in;
    this.out = out;
    this.maxFrame = Math.max(maxImageBytes, Messages.MAX_LENGTH);
  }

  void greet(String version) throws IOException {
    send(FrameType.READY, Messages.text(version));
  }

  /** Serves images until the stream ends, which is an {@link java.io.EOFException}. */
  void run() throws IOException {
    FrameHeader next = FrameHeader.readFrom(in, maxFrame);
    while (next.type() == FrameType.PROBE) {
      try (Arena arena = Arena.ofConfined()) {
        next = serve(receive(arena, next.length()));
      }
    }
    throw new IOException("frame type: " + next.type() + " where an image was expected");
  }

  /** Serves one image and returns the header of the frame that is not about it any more. */
  private FrameHeader serve(MemorySegment image) throws IOException {
    try {
      send(FrameType.HEADER, Messages.header(renderer.probe(image)));
    } catch (PermanentFailureException e) {
      send(FrameType.FAILURE, Messages.failure(e));
    }
    FrameHeader next = FrameHeader.readFrom(in, maxFrame);
    while (next.type() == FrameType.RENDER) {
      render(image, Messages.readRender(in.readNBytes(next.length())));
      next = FrameHeader.readFrom(in, maxFrame);
    }
    return next;
  }

  private void render(MemorySegment image, List<RenditionSpec> wanted) throws IOException {
    try {
      renderer.render(image, wanted, new Answers());
    } catch (PermanentFailureException e) {
      send(FrameType.FAILURE, Messages.failure(e));
    }
  }

  private MemorySegment receive(Arena arena, int length) throws IOException {
    MemorySegment image = arena.allocate(Math.max(1, length)).asSlice(0, length);
    for (int offset = 0; offset < length; ) {
      int count = Math.min(chunk.length, length - offset);
      in.readFully(chunk, 0, count);
      MemorySegment.copy(MemorySegment.ofArray(chunk), 0, image, offset, count);
      offset += count;
    }
    return image;
  }

  /** Sends what the renderer makes, as it comes. */
  private final class Answers implements VipsRenderer.Output {
    @Override
    public void placeholder(String thumbHash) throws IOException {
      send(FrameType.PLACEHOLDER, Messages.text(thumbHash));
    }

    @Override
    public void rendition(int width, int height, MemorySegment bytes) throws IOException {
      sendRendition(width, height, bytes);
    }
  }

  private void sendRendition(int width, int height, MemorySegment bytes) throws IOException {
    int length = Math.toIntExact(bytes.byteSize());
    new FrameHeader(FrameType.RENDITION, 2 * Integer.BYTES + length).writeTo(out);
    out.writeInt(width);
    out.writeInt(height);
    for (int offset = 0; offset < length; ) {
      int count = Math.min(chunk.length, length - offset);
      MemorySegment.copy(bytes, offset, MemorySegment.ofArray(chunk), 0, count);
      out.write(chunk, 0, count);
      offset += count;
    }
    out.flush();
  }

  private void send(FrameType type, byte[] payload) throws IOException {
    new FrameHeader(type, payload.length).writeTo(out);
    out.write(payload);
    out.flush();
  }
}
