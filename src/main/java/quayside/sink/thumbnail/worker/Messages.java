package quayside.sink.thumbnail.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.ImageHeader;
import quayside.sink.thumbnail.engine.RenditionFormat;
import quayside.sink.thumbnail.engine.RenditionSpec;

/**
 * The small payloads, written by one side and read by the other. The large ones are streamed by
 * their owners.
 */
public final class Messages {
  /** No small payload is longer. */
  public static final int MAX_LENGTH = 16 * 1024;

  private static final int MAX_TEXT = 1000;

  private Messages() {}

  /** Payload of {@link FrameType#READY} and {@link FrameType#PLACEHOLDER}. */
  static byte[] text(String text) throws IOException {
    return write(out -> out.writeUTF(text));
  }

  /** The text in a {@link FrameType#READY} or {@link FrameType#PLACEHOLDER}. */
  public static String readText(byte[] payload) throws IOException {
    return data(payload).readUTF();
  }

  /** Payload of {@link FrameType#HEADER}. */
  static byte[] header(ImageHeader header) throws IOException {
    return write(out -> {
      out.writeUTF(header.format());
      out.writeInt(header.width());
      out.writeInt(header.height());
      out.writeInt(header.frames());
      out.writeBoolean(header.multiscan());
      out.writeBoolean(header.sideways());
    });
  }

  /** The header in a {@link FrameType#HEADER}. */
  public static ImageHeader readHeader(byte[] payload) throws IOException {
    DataInputStream in = data(payload);
    return new ImageHeader(
        in.readUTF(), in.readInt(), in.readInt(), in.readInt(), in.readBoolean(), in.readBoolean());
  }

  /** Payload of {@link FrameType#RENDER}. */
  public static byte[] render(List<RenditionSpec> wanted) throws IOException {
    return write(out -> {
      out.writeInt(wanted.size());
      for (RenditionSpec spec : wanted) {
        out.writeUTF(spec.preset());
        out.writeInt(spec.size());
        out.writeUTF(spec.format().name());
        out.writeInt(spec.quality());
      }
    });
  }

  /** The renditions in a {@link FrameType#RENDER}. */
  static List<RenditionSpec> readRender(byte[] payload) throws IOException {
    DataInputStream in = data(payload);
    int count = in.readInt();
    List<RenditionSpec> wanted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      wanted.add(
          new RenditionSpec(
              in.readUTF(), in.readInt(), RenditionFormat.valueOf(in.readUTF()), in.readInt()));
    }
    return wanted;
  }

  /** Payload of {@link FrameType#FAILURE}. */
  static byte[] failure(PermanentFailureException failure) throws IOException {
    String text = String.valueOf(failure.getMessage());
    return write(out -> {
      out.writeUTF(failure.failure());
      out.writeUTF(text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT));
    });
  }

  /** The failure in a {@link FrameType#FAILURE}. */
  public static PermanentFailureException readFailure(byte[] payload) throws IOException {
    DataInputStream in = data(payload);
    return new PermanentFailureException(in.readUTF(), in.readUTF());
  }

  private static DataInputStream data(byte[] payload) {
    return new DataInputStream(new ByteArrayInputStream(payload));
  }

  private static byte[] write(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }
}
