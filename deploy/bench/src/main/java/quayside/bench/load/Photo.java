package quayside.bench.load;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * A JPEG of a size that cameras have, baseline as they write it: smooth areas, edges and the noise
 * of a sensor, about two bits a pixel. The same size is always the same picture. Immutable.
 */
public final class Photo {
  private static final float QUALITY = 0.88f;
  private static final int NOISE = 7;
  private static final int START_OF_IMAGE = 2;
  private static final int COMMENT_LENGTH = 10;

  private final byte[] bytes;

  private Photo(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Makes one. */
  public static Photo of(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    Random random = new Random(width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = pixel((double) x / width, (double) y / width, random);
      }
    }
    return new Photo(jpeg(image));
  }

  /** The same picture as another file: its bytes differ in a comment, and so does its ETag. */
  public byte[] copy(long number) {
    // After the JFIF segment, which has to be the first.
    int at = START_OF_IMAGE + 2 + ByteBuffer.wrap(bytes).getShort(START_OF_IMAGE + 2);
    return ByteBuffer.allocate(bytes.length + 2 + COMMENT_LENGTH)
        .put(bytes, 0, at)
        .putShort((short) 0xFFFE)
        .putShort((short) COMMENT_LENGTH)
        .putLong(number)
        .put(bytes, at, bytes.length - at)
        .array();
  }

  private static int pixel(double x, double y, Random random) {
    double light = 0.5 + 0.3 * Math.sin(7 * x + 3 * y) + 0.15 * Math.sin(40 * x * y + 11 * y);
    boolean inside = Math.sin(23 * x) * Math.sin(19 * y) > 0.3;
    double noise = NOISE * random.nextGaussian();
    return channel(light * (inside ? 200 : 130), noise) << 16
        | channel(light * (inside ? 120 : 170), noise) << 8
        | channel(light * 220, noise);
  }

  private static int channel(double value, double noise) {
    return Math.clamp((int) (value + noise), 0, 255);
  }

  private static byte[] jpeg(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream target = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(target);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
