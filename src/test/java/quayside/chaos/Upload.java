package quayside.chaos;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * An object to be uploaded; no two have the same content.
 *
 * @param key names a photo when it ends in {@code .jpg}
 */
record Upload(String key, String mimeType, byte[] content) {

  /** One in five is a photo; one in ten overwrites an earlier object, in turn a photo or a text. */
  static List<Upload> mixed(String folder, int count) {
    return IntStream.range(0, count).mapToObj(i -> of(folder, overwritten(i), i)).toList();
  }

  /** The same photo, overwritten again and again. */
  static List<Upload> versions(String folder, int count) {
    return IntStream.range(0, count).mapToObj(i -> of(folder, 0, i)).toList();
  }

  static boolean isPhoto(String key) {
    return key.endsWith(".jpg");
  }

  private static int overwritten(int i) {
    return switch (i % 20) {
      case 9 -> i - 9;
      case 19 -> i - 18;
      default -> i;
    };
  }

  private static Upload of(String folder, int object, int version) {
    if (object % 5 == 0) {
      return new Upload(folder + object + ".jpg", "image/jpeg", photo(folder, version));
    }
    byte[] text = (folder + version).getBytes(StandardCharsets.UTF_8);
    return new Upload(folder + object + ".txt", "text/plain", text);
  }

  private static byte[] photo(String folder, int version) {
    BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.getHSBColor(version / 97f, 0.7f, 0.9f));
    graphics.fillRect(0, 0, 400, 300);
    graphics.setColor(Color.WHITE);
    graphics.drawString(folder + version, 20, 150);
    graphics.dispose();
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "jpeg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
