package quayside.sink.thumbnail.imageio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The container of WebP. Its decoder fills what is missing with grey and says nothing. */
final class Riff {
  private static final int HEADER = 8;

  private Riff() {}

  /** True when the file is shorter than its first chunk claims. */
  static boolean endsEarly(byte[] file) {
    if (file.length < HEADER) {
      return true;
    }
    long size = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xFFFF_FFFFL;
    return file.length < HEADER + size;
  }
}
