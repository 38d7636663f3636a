package quayside.callback.journal;

import java.io.IOException;

/** Another process, or another journal in this one, has the directory open. */
public final class JournalLockedException extends IOException {
  private static final long serialVersionUID = 1;

  JournalLockedException(String directory) {
    super(
        "journal directory "
            + directory
            + " is in use: each instance needs a directory of its own");
  }
}
