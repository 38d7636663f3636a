package quayside.sink.thumbnail.worker;

/** Pixels of four bytes. */
final class Rgba {

  private Rgba() {}

  /** Pixels in sRGB as libvips gives them, of three bytes or, with alpha, of four. */
  static byte[] of(byte[] pixels, int bands) {
    if (bands == 4) {
      return pixels;
    }
    byte[] rgba = new byte[pixels.length / bands * 4];
    for (int from = 0, to = 0; from < pixels.length; from += bands, to += 4) {
      System.arraycopy(pixels, from, rgba, to, 3);
      rgba[to + 3] = (byte) 255;
    }
    return rgba;
  }
}
