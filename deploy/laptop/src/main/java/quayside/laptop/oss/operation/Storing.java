package quayside.laptop.oss.operation;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import quayside.laptop.oss.http.OssException;
import quayside.laptop.oss.store.Content;
import quayside.laptop.oss.store.Draft;
import quayside.laptop.oss.store.ObjectHeaders;
import quayside.laptop.oss.store.ObjectStore;
import quayside.laptop.oss.store.StoredObject;

/** What the uploads have in common between receiving the bytes and answering. Stateless. */
final class Storing {
  private static final String FORBID_OVERWRITE = "x-oss-forbid-overwrite";

  private Storing() {}

  /**
   * Checks received content and makes it the object, or gives it up.
   *
   * @param check throws to refuse the content
   * @throws OssException what {@code check} throws, or {@code FileAlreadyExists}
   */
  static StoredObject commit(
      ObjectStore store, Draft draft, Content content, Consumer<Content> check) throws IOException {
    try {
      check.accept(content);
      return store.commit(draft, content);
    } catch (FileAlreadyExistsException e) {
      content.discard();
      throw new OssException(409, "FileAlreadyExists", "The object you specified already exists.");
    } catch (IOException | RuntimeException e) {
      content.discard();
      throw e;
    }
  }

  /**
   * A draft of an object uploaded in one piece; {@code given} are its request headers or form
   * fields.
   */
  static Draft draft(
      String bucket,
      String key,
      Content content,
      Map<String, String> given,
      Optional<String> contentMd5) {
    return new Draft(
        bucket,
        key,
        ObjectHeaders.from(given),
        content.md5(),
        contentMd5.orElse(null),
        "Normal",
        mayReplace(Optional.ofNullable(given.get(FORBID_OVERWRITE))));
  }

  static boolean mayReplace(Optional<String> forbidOverwrite) {
    return forbidOverwrite.filter("true"::equalsIgnoreCase).isEmpty();
  }
}
