package quayside.console.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files of the page on the class path, {@code web/}. Stateless. */
final class WebFiles {
  /** The one front-end library: htm with preact, in the form that its maintainers bundle. */
  private static final String LIBRARY = "htm-preact.js";

  private WebFiles() {}

  static byte[] index() {
    return read("web/index.html");
  }

  /** A file by its name. */
  static Asset asset(String name) {
    return Asset.of(name, read("web/app/" + name));
  }

  /** What modules import as {@code htm/preact}; the build takes it from its Maven artifact. */
  static Asset library() {
    return asset(LIBRARY);
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
