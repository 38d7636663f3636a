package quayside.console.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files of the page on the class path, {@code web/}. Stateless. */
final class WebFiles {
  private WebFiles() {}

  static byte[] index() {
    return read("web/index.html");
  }

  /** A file by its name. */
  static Asset asset(String name) {
    return Asset.of(name, read("web/app/" + name));
  }

  private static byte[] read(String path) {
    try (InputStream file = WebFiles.class.getClassLoader().getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException(path + " is not on the class path");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
