package quayside.sink.thumbnail.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The container of WebP. Decoders fill what is missing with grey, or fail without saying why. */
public final class Riff {
  /** Bytes at the beginning of a file that this looks at. */
  public static final int HEADER = 8;

  private static final byte[] MAGIC = "RIFF".getBytes(StandardCharsets.US_ASCII);

  private Riff() {}

  /**
   * True when a file is a RIFF file and shorter than it claims.
   *
   * @param beginning its first bytes, at least {@link #HEADER} if it has so many
   * @param length of the whole file
   */
  public static boolean endsEarly(byte[] beginning, long length) {
    if (beginning.length < HEADER
        || !Arrays.equals(beginning, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return false;
    }
    long size =
        ByteBuffer.wrap(beginning).order(ByteOrder.LITTLE_ENDIAN).getInt(MAGIC.length)
            & 0xFFFF_FFFFL;
    return length < HEADER + size;
  }
}
