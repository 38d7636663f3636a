package quayside.console.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * An entry as every stream sends it: written once, whoever watches.
 *
 * @param json one line, at most {@link #MOST} characters
 */
record EntryLine(String bucket, String key, String json) {
  /** A key has 1,023 bytes, and a variable as much as a callback's body; most lines have 600. */
  static final int MOST = 16 * 1024;

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Writes an entry; one that is too long without the upload's variables, then without what only
   * some kinds have. Empty when it is too long even so.
   */
  static Optional<EntryLine> of(LiveEntry entry) {
    LiveUpload upload = entry.upload();
    LiveEntry bare = entry.withUpload(null).withThumbnails(null);
    LiveEntry lean = upload == null ? bare : entry.withUpload(upload.withoutVariables());
    return write(entry).or(() -> write(lean)).or(() -> write(bare));
  }

  private static Optional<EntryLine> write(LiveEntry entry) {
    try {
      String json = JSON.writeValueAsString(entry);
      return json.length() > MOST
          ? Optional.empty()
          : Optional.of(new EntryLine(entry.bucket(), entry.key(), json));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("an entry is not writable", impossible);
    }
  }
}
