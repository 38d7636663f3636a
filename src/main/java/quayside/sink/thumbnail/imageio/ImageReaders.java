package quayside.sink.thumbnail.imageio;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;

/**
 * Makes TwelveMonkeys' readers known to ImageIO, whichever class loader ImageIO looked through when
 * it started.
 */
final class ImageReaders {
  static {
    ImageIO.setUseCache(false);
    IIORegistry registry = IIORegistry.getDefaultInstance();
    if (registry.getServiceProviderByClass(JPEGImageReaderSpi.class) == null) {
      registry.registerServiceProvider(new JPEGImageReaderSpi());
    }
    if (registry.getServiceProviderByClass(WebPImageReaderSpi.class) == null) {
      registry.registerServiceProvider(new WebPImageReaderSpi());
    }
  }

  private ImageReaders() {}

  /** Does its work once, when the class is initialised. */
  static void register() {}
}
