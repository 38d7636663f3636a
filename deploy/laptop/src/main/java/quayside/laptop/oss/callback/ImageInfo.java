package quayside.laptop.oss.callback;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Width, height and format read from an image's header, whatever the file is called. Reads a few
 * dozen bytes (for JPEG up to the frame header) and decodes nothing, so neither bombs nor broken
 * pixels matter.
 *
 * @param format {@code jpg}, {@code png}, {@code gif}, {@code bmp} or {@code webp}
 */
record ImageInfo(String format, int width, int height) {
  /** The sizes bitmap headers come in: OS/2 1 and 2, Windows 3 to 5. */
  private static final Set<Integer> BMP_HEADER_BYTES = Set.of(12, 40, 52, 56, 64, 108, 124);

  /**
   * Reads a header; empty when the bytes are no image of these formats. The stream is not closed.
   */
  static Optional<ImageInfo> read(InputStream source) throws IOException {
    var in = new DataInputStream(source);
    try {
      byte[] start = new byte[2];
      in.readFully(start);
      return switch ((start[0] & 0xff) << 8 | start[1] & 0xff) {
        case 0xFFD8 -> jpeg(in);
        case 0x8950 -> png(in.readNBytes(22));
        case 0x4749 -> gif(in.readNBytes(8));
        case 0x424D -> bmp(in.readNBytes(24));
        case 0x5249 -> webp(in.readNBytes(28));
        default -> Optional.empty();
      };
    } catch (EOFException | java.nio.BufferUnderflowException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static Optional<ImageInfo> of(String format, int width, int height) {
    return width > 0 && height > 0
        ? Optional.of(new ImageInfo(format, width, height))
        : Optional.empty();
  }

  /** Skips segments until a start-of-frame marker (ITU T.81, B.2.2). */
  private static Optional<ImageInfo> jpeg(DataInputStream in) throws IOException {
    while (true) {
      int marker = in.readUnsignedByte();
      if (marker != 0xFF) {
        return Optional.empty();
      }
      while (marker == 0xFF) {
        marker = in.readUnsignedByte();
      }
      boolean startOfFrame =
          marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      int length = in.readUnsignedShort();
      if (startOfFrame) {
        in.readUnsignedByte();
        int height = in.readUnsignedShort();
        return of("jpg", in.readUnsignedShort(), height);
      }
      if (marker == 0xDA || length < 2) {
        return Optional.empty();
      }
      in.skipNBytes(length - 2L);
    }
  }

  private static Optional<ImageInfo> png(byte[] rest) {
    ByteBuffer header = ByteBuffer.wrap(rest);
    boolean png =
        header.getInt(0) == 0x4E470D0A
            && header.getShort(4) == 0x1A0A
            && header.getInt(10) == 0x49484452;
    return png ? of("png", header.getInt(14), header.getInt(18)) : Optional.empty();
  }

  private static Optional<ImageInfo> gif(byte[] rest) {
    ByteBuffer header = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN);
    String version = new String(rest, 0, 4, StandardCharsets.ISO_8859_1);
    boolean gif = version.equals("F87a") || version.equals("F89a");
    return gif
        ? of("gif", header.getShort(4) & 0xffff, header.getShort(6) & 0xffff)
        : Optional.empty();
  }

  private static Optional<ImageInfo> bmp(byte[] rest) {
    ByteBuffer header = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN);
    int headerBytes = header.getInt(12);
    if (!BMP_HEADER_BYTES.contains(headerBytes)) { // "BM" begins many a text
      return Optional.empty();
    }
    if (headerBytes == 12) { // OS/2 header: 16-bit sizes
      return of("bmp", header.getShort(16) & 0xffff, header.getShort(18) & 0xffff);
    }
    return of(
        "bmp",
        header.getInt(16),
        Math.abs(header.getInt(20))); // negative height: rows top to bottom
  }

  /** RIFF container with a lossy, lossless or extended first chunk (RFC 9649). */
  private static Optional<ImageInfo> webp(byte[] rest) {
    ByteBuffer header = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN);
    if (!new String(rest, 6, 4, StandardCharsets.ISO_8859_1).equals("WEBP")) {
      return Optional.empty();
    }
    return switch (new String(rest, 10, 4, StandardCharsets.ISO_8859_1)) {
      case "VP8 " -> of("webp", header.getShort(24) & 0x3fff, header.getShort(26) & 0x3fff);
      case "VP8L" -> {
        int bits = header.getInt(19);
        yield of("webp", (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
      }
      case "VP8X" -> of("webp", (header.getInt(22) & 0xffffff) + 1, (header.getInt(24) >>> 8) + 1);
      default -> Optional.empty();
    };
  }
}
