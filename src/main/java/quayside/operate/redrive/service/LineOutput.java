package quayside.operate.redrive.service;

/** Where the lines of an answer go, one after the other. Used by one thread. */
public interface LineOutput {

  /** Sends a line, which ends in a line feed; the first one begins the answer. */
  void write(String line);

  /** Whether somebody still listens. */
  boolean isOpen();
}
