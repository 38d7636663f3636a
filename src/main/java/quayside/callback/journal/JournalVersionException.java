package quayside.callback.journal;

import java.io.IOException;

/**
 * A file was written by a later version of Quayside. Nothing was changed; open it with that
 * version.
 */
public final class JournalVersionException extends IOException {
  private static final long serialVersionUID = 1;

  JournalVersionException(String what, int version, int known) {
    super(
        what
            + " has format version "
            + version
            + ", this version of Quayside reads version "
            + known
            + ": drain it with the version that wrote it");
  }
}
