package quayside.callback.journal;

import java.io.IOException;
import java.util.List;

/** The journal's directory, the seam at which tests make the disk fail. Thread-safe. */
interface Storage extends AutoCloseable {

  /** The names of all files, in no order. */
  List<String> list() throws IOException;

  /** A new, empty file that only its owner may read; fails when the name exists. */
  JournalFile create(String name) throws IOException;

  /** An existing file, to read and to change. */
  JournalFile open(String name) throws IOException;

  /** Renames atomically, over what has the new name. */
  void rename(String from, String to) throws IOException;

  /** Deletes a file, if it is there. */
  void delete(String name) throws IOException;

  /** Returns when creations, renamings and deletions are on the disk. */
  void syncDirectory() throws IOException;

  /** What the file system has left for us. */
  long usableBytes() throws IOException;

  /** Lets another journal use the directory. */
  @Override
  void close() throws IOException;
}
