package quayside.sink.thumbnail.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Entry of the worker process: frames in on stdin, frames out on stdout, one image at a time, until
 * stdin ends. It never outlives the service: an idle worker ends with its stdin, a busy one within
 * seconds of its parent.
 */
public final class WorkerMain {
  private WorkerMain() {}

  /** Arguments: path of the library, largest image in bytes, memory limit in bytes. */
  public static void main(String[] args) throws IOException {
    endWithParent();
    MemoryLimit.set(Long.parseLong(args[2]));
    Vips vips = new Vips(Path.of(args[0]));
    try (DataInputStream in =
            new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        DataOutputStream out =
            new DataOutputStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)))) {
      Conversation conversation =
          new Conversation(new VipsRenderer(vips), in, out, Integer.parseInt(args[1]));
      conversation.greet(vips.version());
      conversation.run();
    } catch (EOFException stdinClosed) {
      // The service has ended or wants this worker no more.
    }
  }

  private static void endWithParent() {
    ProcessHandle.current().parent().ifPresent(WorkerMain::endWith);
  }

  private static void endWith(ProcessHandle parent) {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(() -> {
          parent.onExit().join();
          Runtime.getRuntime().halt(0);
        });
  }
}
