package quayside.laptop.demo;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file to upload, from our resources.
 *
 * @param file resource name
 * @param key object key it is uploaded under
 * @param mimeType its media type
 * @param thumbnails whether thumbnails are to be expected
 */
record Sample(String file, String key, String mimeType, boolean thumbnails) {

  /** The bytes of the file. */
  byte[] content() throws IOException {
    try (InputStream in = Sample.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }
}
