package quayside.laptop.oss.store;

import java.util.zip.Checksum;

/**
 * CRC-64/XZ, the checksum OSS returns in {@code x-oss-hash-crc64ecma}: polynomial C96C5795D7870F42
 * reflected, start and final xor all ones. The check value of "123456789" is 995DC9BBDF1939FA. Not
 * thread-safe.
 */
public final class Crc64 implements Checksum {
  private static final long POLYNOMIAL = 0xC96C5795D7870F42L;
  private static final long[] TABLE = new long[256];

  static {
    for (int b = 0; b < 256; b++) {
      long crc = b;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
      }
      TABLE[b] = crc;
    }
  }

  private long crc = ~0L;

  @Override
  public void update(int b) {
    crc = TABLE[(int) (crc ^ b) & 0xff] ^ crc >>> 8;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      update(bytes[i]);
    }
  }

  /** The checksum; an unsigned number, see {@link #toString()}. */
  @Override
  public long getValue() {
    return ~crc;
  }

  @Override
  public void reset() {
    crc = ~0L;
  }

  /** The checksum as OSS writes it: an unsigned decimal. */
  @Override
  public String toString() {
    return Long.toUnsignedString(getValue());
  }
}
