package quayside.sink.thumbnail.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The first nine bytes of a frame: magic number, type, length of what follows. The magic number and
 * the bound on the length notice whatever native code may have printed into the stream.
 *
 * @param type what the frame carries
 * @param length bytes that follow
 */
public record FrameHeader(FrameType type, int length) {
  private static final int MAGIC = 0x51535631; // "QSV1"

  /** Writes a header; the payload comes next, then a flush. */
  public void writeTo(DataOutputStream out) throws IOException {
    out.writeInt(MAGIC);
    out.writeByte(type.ordinal());
    out.writeInt(length);
  }

  /**
   * Reads a header.
   *
   * @param maxLength longest payload that is accepted
   * @throws java.io.EOFException when the other side has ended
   */
  public static FrameHeader readFrom(DataInputStream in, int maxLength) throws IOException {
    int magic = in.readInt();
    if (magic != MAGIC) {
      throw new IOException("frame: begins with %08x instead of %08x".formatted(magic, MAGIC));
    }
    FrameType type = FrameType.ofByte(in.readUnsignedByte());
    int length = in.readInt();
    if (length < 0 || length > maxLength) {
      throw new IOException("frame length: " + length + " is not within 0 and " + maxLength);
    }
    return new FrameHeader(type, length);
  }
}
