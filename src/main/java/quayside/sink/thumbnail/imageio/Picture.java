package quayside.sink.thumbnail.imageio;

import com.twelvemonkeys.image.ResampleOp;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import quayside.sink.thumbnail.engine.Rendition;
import quayside.sink.thumbnail.engine.RenditionSpec;
import quayside.sink.thumbnail.engine.ThumbHash;

/** Opaque pixels in sRGB, without any metadata. */
record Picture(BufferedImage pixels) {

  /** Any image, on white; drawing it converts its colours. */
  static Picture onWhite(BufferedImage image) {
    return drawn(image, image.getWidth(), image.getHeight(), new AffineTransform());
  }

  /** This picture inside a square, never enlarged. */
  Picture fitInto(int size) {
    int width = pixels.getWidth();
    int height = pixels.getHeight();
    double scale = (double) size / Math.max(width, height);
    if (scale >= 1) {
      return this;
    }
    int newWidth = (int) Math.max(1, Math.round(width * scale));
    int newHeight = (int) Math.max(1, Math.round(height * scale));
    BufferedImage resized = new BufferedImage(newWidth, newHeight, BufferedImage.TYPE_INT_RGB);
    ResampleOp operation = new ResampleOp(newWidth, newHeight, ResampleOp.FILTER_LANCZOS);
    return new Picture(operation.filter(pixels, resized));
  }

  /** This picture turned. */
  Picture upright(Orientation orientation) {
    if (orientation == Orientation.NORMAL) {
      return this;
    }
    int width = pixels.getWidth();
    int height = pixels.getHeight();
    AffineTransform transform = orientation.upright(width, height);
    return orientation.sideways()
        ? drawn(pixels, height, width, transform)
        : drawn(pixels, width, height, transform);
  }

  /** This picture as a JPEG. */
  Rendition rendition(RenditionSpec spec) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(spec.quality() / 100f);
      writer.setOutput(out);
      writer.write(null, new IIOImage(pixels, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    } finally {
      writer.dispose();
    }
    return new Rendition(spec, pixels.getWidth(), pixels.getHeight(), bytes.toByteArray());
  }

  /** Its placeholder in base64. */
  String thumbHash() {
    BufferedImage small = fitInto(ThumbHash.MAX_SIDE).pixels();
    int width = small.getWidth();
    int[] colours = small.getRGB(0, 0, width, small.getHeight(), null, 0, width);
    byte[] rgba = new byte[colours.length * 4];
    for (int i = 0; i < colours.length; i++) {
      rgba[4 * i] = (byte) (colours[i] >> 16);
      rgba[4 * i + 1] = (byte) (colours[i] >> 8);
      rgba[4 * i + 2] = (byte) colours[i];
      rgba[4 * i + 3] = (byte) 255;
    }
    return ThumbHash.base64(width, small.getHeight(), rgba);
  }

  private static Picture drawn(
      BufferedImage image, int width, int height, AffineTransform transform) {
    BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = canvas.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.drawImage(image, transform, null);
    graphics.dispose();
    return new Picture(canvas);
  }
}
