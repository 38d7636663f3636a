package quayside.sink.thumbnail.engine;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Images for tests, good and hostile. The picture is four quadrants: red, green / blue, white. */
public final class TestImages {
  public static final Color RED = new Color(220, 30, 30);
  public static final Color GREEN = new Color(30, 200, 30);
  public static final Color BLUE = new Color(30, 30, 220);
  public static final Color WHITE = new Color(240, 240, 240);

  /** Bytes that only occur in the metadata of images with a position. */
  public static final String AUTHOR = "Somebody";

  private TestImages() {}

  /** A file of {@code src/test/resources/images}. */
  public static byte[] file(String name) {
    try (InputStream in = TestImages.class.getResourceAsStream("/images/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("images/" + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static BufferedImage quadrants(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    int right = width / 2;
    int bottom = height / 2;
    fill(graphics, RED, 0, 0, right, bottom);
    fill(graphics, GREEN, right, 0, width - right, bottom);
    fill(graphics, BLUE, 0, bottom, right, height - bottom);
    fill(graphics, WHITE, right, bottom, width - right, height - bottom);
    graphics.dispose();
    return image;
  }

  public static byte[] jpeg(int width, int height) {
    return encode(quadrants(width, height), "jpeg");
  }

  public static byte[] png(int width, int height) {
    return encode(quadrants(width, height), "png");
  }

  public static byte[] gif(int width, int height) {
    return encode(quadrants(width, height), "gif");
  }

  /** A blue square in the middle of nothing. */
  public static byte[] transparentPng(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setComposite(AlphaComposite.Src);
    fill(graphics, BLUE, width / 3, height / 3, width / 3, height / 3);
    graphics.dispose();
    return encode(image, "png");
  }

  /** Noise: the worst case for a decoder of PNG, by bytes and time. */
  public static byte[] noisePng(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    java.util.Random random = new java.util.Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return encode(image, "png");
  }

  public static byte[] animatedGif(int frames) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
      try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
        writer.setOutput(out);
        writer.prepareWriteSequence(null);
        for (int i = 0; i < frames; i++) {
          BufferedImage frame =
              i == 0 ? quadrants(60, 40) : new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
          var type = ImageTypeSpecifier.createFromRenderedImage(frame);
          writer.writeToSequence(
              new IIOImage(frame, null, writer.getDefaultImageMetadata(type, null)), null);
        }
        writer.endWriteSequence();
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A JPEG whose picture is the quadrants once turned upright: the pixels are stored as a camera
   * held in another way stores them (EXIF 2.3, tag 274).
   */
  public static byte[] orientedJpeg(int orientation, int uprightWidth, int uprightHeight) {
    BufferedImage upright = quadrants(uprightWidth, uprightHeight);
    boolean sideways = orientation >= 5;
    int width = sideways ? uprightHeight : uprightWidth;
    int height = sideways ? uprightWidth : uprightHeight;
    BufferedImage stored = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int lastX = uprightWidth - 1;
    int lastY = uprightHeight - 1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        stored.setRGB(
            x,
            y,
            switch (orientation) {
              case 1 -> upright.getRGB(x, y);
              case 2 -> upright.getRGB(lastX - x, y);
              case 3 -> upright.getRGB(lastX - x, lastY - y);
              case 4 -> upright.getRGB(x, lastY - y);
              case 5 -> upright.getRGB(y, x);
              case 6 -> upright.getRGB(lastX - y, x);
              case 7 -> upright.getRGB(lastX - y, lastY - x);
              case 8 -> upright.getRGB(y, lastY - x);
              default -> throw new IllegalArgumentException("orientation: " + orientation);
            });
      }
    }
    return withExif(encode(stored, "jpeg"), orientation);
  }

  /** A JPEG with an EXIF block: orientation, author and a GPS position. */
  public static byte[] withExif(byte[] jpeg, int orientation) {
    byte[] exif = exif(orientation);
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + exif.length + 4);
    out.put(jpeg, 0, 2)
        .put((byte) 0xFF)
        .put((byte) 0xE1)
        .putShort((short) (exif.length + 2))
        .put(exif);
    out.put(jpeg, 2, jpeg.length - 2);
    return out.array();
  }

  private static byte[] exif(int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(200);
    tiff.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
    int author = 8 + 2 + 3 * 12 + 4;
    int gps = author + 10;
    int rationals = gps + 2 + 2 * 12 + 4;
    tiff.putShort((short) 3);
    entry(tiff, 0x0112, 3, 1, orientation << 16);
    entry(tiff, 0x013B, 2, AUTHOR.length() + 1, author);
    entry(tiff, 0x8825, 4, 1, gps);
    tiff.putInt(0).put(AUTHOR.getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) 0);
    tiff.putShort((short) 2);
    entry(tiff, 1, 2, 2, 'N' << 24);
    entry(tiff, 2, 5, 3, rationals);
    tiff.putInt(0).putInt(51).putInt(1).putInt(30).putInt(1).putInt(3230).putInt(100);
    return Arrays.copyOf(tiff.array(), tiff.position());
  }

  private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
    tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  /** The first part of a file. */
  public static byte[] truncated(byte[] image, double share) {
    return Arrays.copyOf(image, (int) (image.length * share));
  }

  /**
   * 74 bytes that claim to be a PNG of any size: seen to take 13 seconds of CPU and 60,000 lines of
   * warnings.
   */
  public static byte[] pngBomb(int width, int height) {
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    Deflater deflater = new Deflater();
    deflater.setInput(
        new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19});
    byte[] data = new byte[17];
    deflater.deflate(data, 0, data.length, Deflater.SYNC_FLUSH);
    deflater.end();
    ByteBuffer png = ByteBuffer.allocate(74);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    chunk(png, "IHDR", header);
    chunk(png, "IDAT", data);
    chunk(png, "IEND", new byte[0]);
    return png.array();
  }

  /** A JPEG whose header claims a size that its data does not have. */
  public static byte[] jpegClaiming(byte[] jpeg, int width, int height) {
    byte[] copy = jpeg.clone();
    for (int i = 2; i < copy.length - 9; ) {
      int marker = copy[i + 1] & 0xFF;
      if (marker >= 0xC0 && marker <= 0xC2) {
        ByteBuffer.wrap(copy, i + 5, 4).putShort((short) height).putShort((short) width);
        return copy;
      }
      i += 2 + ByteBuffer.wrap(copy, i + 2, 2).getShort();
    }
    throw new IllegalArgumentException("no frame header");
  }

  private static void chunk(ByteBuffer png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    png.putInt(data.length).put(name).put(data).putInt((int) crc.getValue());
  }

  /** Decodes JPEG or WebP. */
  public static BufferedImage decode(byte[] image) {
    try {
      BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(image));
      if (decoded == null) {
        throw new IllegalArgumentException("no reader for these bytes");
      }
      return decoded;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] encode(BufferedImage image, String format) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalStateException("no writer for " + format);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(Graphics2D graphics, Color color, int x, int y, int width, int height) {
    graphics.setColor(color);
    graphics.fillRect(x, y, width, height);
  }
}
