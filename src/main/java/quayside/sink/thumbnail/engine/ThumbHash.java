package quayside.sink.thumbnail.engine;

import java.util.Arrays;
import java.util.Base64;

/**
 * A placeholder of about 25 bytes from which clients paint a blurred picture while the real one
 * loads: the lowest frequencies of brightness, two colours and transparency, four bits each, with
 * the shape of the picture.
 *
 * @see <a href="https://evanw.github.io/thumbhash/">ThumbHash</a>
 */
public final class ThumbHash {
  /** Longest side of what is hashed: more costs time and changes nothing. */
  public static final int MAX_SIDE = 100;

  private static final int RGBA = 4;

  private ThumbHash() {}

  /**
   * The hash in base64, as it is sent and stored.
   *
   * @param rgba four bytes a pixel, row by row, colours not multiplied by alpha
   */
  public static String base64(int width, int height, byte[] rgba) {
    return Base64.getEncoder().encodeToString(of(width, height, rgba));
  }

  /** The hash. */
  static byte[] of(int width, int height, byte[] rgba) {
    if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
      throw new IllegalArgumentException(
          "width, height: %d x %d is not within 1 and %d".formatted(width, height, MAX_SIDE));
    }
    if (rgba.length != width * height * RGBA) {
      throw new IllegalArgumentException(
          "rgba: %d bytes for %d x %d pixels".formatted(rgba.length, width, height));
    }
    Planes planes = planes(width * height, rgba);
    int longest = Math.max(width, height);
    int detail = planes.transparent() ? 5 : 7;
    int across = (int) Math.max(1, Math.round((double) detail * width / longest));
    int down = (int) Math.max(1, Math.round((double) detail * height / longest));
    Frequencies light = Frequencies.of(planes.light, width, Math.max(3, across), Math.max(3, down));
    Frequencies yellowBlue = Frequencies.of(planes.yellowBlue, width, 3, 3);
    Frequencies redGreen = Frequencies.of(planes.redGreen, width, 3, 3);
    boolean landscape = width > height;
    Bits bits = new Bits();
    bits.put(63 * light.constant(), 6);
    bits.put(31.5 + 31.5 * yellowBlue.constant(), 6);
    bits.put(31.5 + 31.5 * redGreen.constant(), 6);
    bits.put(31 * light.scale(), 5);
    bits.put(planes.transparent() ? 1 : 0, 1);
    bits.put(landscape ? down : across, 3);
    bits.put(63 * yellowBlue.scale(), 6);
    bits.put(63 * redGreen.scale(), 6);
    bits.put(landscape ? 1 : 0, 1);
    if (planes.transparent()) {
      Frequencies alpha = Frequencies.of(planes.alpha, width, 5, 5);
      bits.put(15 * alpha.constant(), 4);
      bits.put(15 * alpha.scale(), 4);
      return bits.with(light, yellowBlue, redGreen, alpha);
    }
    return bits.with(light, yellowBlue, redGreen);
  }

  /** A picture by what eyes see apart. Transparent parts have the average colour. */
  private static final class Planes {
    final double[] light;
    final double[] yellowBlue;
    final double[] redGreen;
    final double[] alpha;
    private double opacity;

    Planes(int pixels) {
      light = new double[pixels];
      yellowBlue = new double[pixels];
      redGreen = new double[pixels];
      alpha = new double[pixels];
    }

    boolean transparent() {
      return opacity < alpha.length;
    }
  }

  private static Planes planes(int pixels, byte[] rgba) {
    double[] average = new double[RGBA];
    for (int i = 0; i < rgba.length; i += RGBA) {
      double alpha = alpha(rgba, i);
      average[3] += alpha;
      for (int c = 0; c < 3; c++) {
        average[c] += alpha / 255 * Byte.toUnsignedInt(rgba[i + c]);
      }
    }
    for (int c = 0; c < 3 && average[3] > 0; c++) {
      average[c] /= average[3];
    }
    Planes planes = new Planes(pixels);
    planes.opacity = average[3];
    for (int pixel = 0; pixel < pixels; pixel++) {
      double alpha = alpha(rgba, pixel * RGBA);
      double[] colour = new double[3];
      for (int c = 0; c < 3; c++) {
        colour[c] =
            average[c] * (1 - alpha) + alpha / 255 * Byte.toUnsignedInt(rgba[pixel * RGBA + c]);
      }
      planes.light[pixel] = (colour[0] + colour[1] + colour[2]) / 3;
      planes.yellowBlue[pixel] = (colour[0] + colour[1]) / 2 - colour[2];
      planes.redGreen[pixel] = colour[0] - colour[1];
      planes.alpha[pixel] = alpha;
    }
    return planes;
  }

  private static double alpha(byte[] rgba, int pixel) {
    return Byte.toUnsignedInt(rgba[pixel + 3]) / 255.0;
  }

  /**
   * The low frequencies of a plane, by a discrete cosine transform.
   *
   * @param constant the average
   * @param scale the largest of the others
   * @param varying the others, as shares of the scale from 0 (negative) to 1
   */
  @SuppressWarnings("ArrayRecordComponent") // made and read in this class alone
  private record Frequencies(double constant, double scale, double[] varying) {

    /** As many frequencies as fit under the diagonal from (across, 0) to (0, down). */
    static Frequencies of(double[] plane, int width, int across, int down) {
      double constant = 0;
      double scale = 0;
      double[] varying = new double[across * down];
      int count = 0;
      for (int v = 0; v < down; v++) {
        for (int u = 0; u * down < across * (down - v); u++) {
          double strength = strength(plane, width, u, v);
          if (u == 0 && v == 0) {
            constant = strength;
          } else {
            varying[count++] = strength;
            scale = Math.max(scale, Math.abs(strength));
          }
        }
      }
      for (int i = 0; i < count && scale > 0; i++) {
        varying[i] = 0.5 + 0.5 / scale * varying[i];
      }
      return new Frequencies(constant, scale, Arrays.copyOf(varying, count));
    }

    private static double strength(double[] plane, int width, int u, int v) {
      int height = plane.length / width;
      double[] horizontal = new double[width];
      for (int x = 0; x < width; x++) {
        horizontal[x] = StrictMath.cos(Math.PI / width * u * (x + 0.5));
      }
      double sum = 0;
      for (int y = 0; y < height; y++) {
        double vertical = StrictMath.cos(Math.PI / height * v * (y + 0.5));
        for (int x = 0; x < width; x++) {
          sum += plane[x + y * width] * horizontal[x] * vertical;
        }
      }
      return sum / plane.length;
    }
  }

  /** Numbers of a few bits each, the first in the lowest bits. */
  private static final class Bits {
    private static final int MAX_BYTES = 64;
    private final byte[] bytes = new byte[MAX_BYTES];
    private int length;

    void put(double value, int bits) {
      long rounded = Math.round(value);
      for (int bit = 0; bit < bits; bit++, length++) {
        bytes[length / 8] |= (byte) ((rounded >> bit & 1) << length % 8);
      }
    }

    byte[] with(Frequencies... planes) {
      for (Frequencies plane : planes) {
        for (double value : plane.varying()) {
          put(15 * value, 4);
        }
      }
      return Arrays.copyOf(bytes, (length + 7) / 8);
    }
  }
}
