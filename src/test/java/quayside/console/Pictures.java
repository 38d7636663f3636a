package quayside.console;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Files to upload. */
final class Pictures {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  private Pictures() {}

  /** A harbour in the evening, as PNG: another one for each seed, so that no two have one ETag. */
  static byte[] harbour(long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    Color sky = Color.getHSBColor(random.nextFloat(), 0.5f, 0.9f);
    g.setPaint(new GradientPaint(0, 0, new Color(24, 32, 72), 0, HEIGHT * 0.6f, sky));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(new Color(255, 236, 196));
    g.fill(new Ellipse2D.Double(random.nextInt(120, 480), 130, 90, 90));
    g.setPaint(new GradientPaint(0, 288, new Color(40, 70, 96), 0, HEIGHT, new Color(12, 20, 36)));
    g.fillRect(0, 288, WIDTH, HEIGHT - 288);
    for (int crate = 0; crate < 9; crate++) {
      g.setColor(Color.getHSBColor(random.nextFloat(), 0.55f, 0.75f));
      g.fillRect(30 + crate * 66, 262 - random.nextInt(60), 58, 60 + random.nextInt(40));
    }
    g.dispose();
    return png(image);
  }

  /** Bytes that say they are a picture and are none; others for each seed. */
  static byte[] unreadable(long seed) {
    byte[] bytes = new byte[512];
    new Random(seed).nextBytes(bytes);
    byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    System.arraycopy(signature, 0, bytes, 0, signature.length);
    return bytes;
  }

  /** As many bytes as asked for, of no kind. */
  static byte[] noise(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] png(BufferedImage image) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
