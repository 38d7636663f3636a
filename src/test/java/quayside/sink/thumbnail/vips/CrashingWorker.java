package quayside.sink.thumbnail.vips;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import quayside.sink.thumbnail.worker.FrameHeader;
import quayside.sink.thumbnail.worker.FrameType;

/** A worker that greets, takes an image and dies of it, as a decoder with a bug would. */
final class CrashingWorker {
  private CrashingWorker() {}

  /** Dies with the status of a crashed JVM. */
  static WorkerCommand command() {
    return java("quiet");
  }

  /** Prints on standard output instead of answering. */
  static WorkerCommand noisyCommand() {
    return java("noisy");
  }

  private static WorkerCommand java(String how) {
    String classPath =
        WorkerCommand.classPath(CrashingWorker.class)
            + ":"
            + WorkerCommand.classPath(WorkerCommand.class);
    return new WorkerCommand(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            CrashingWorker.class.getName(),
            how));
  }

  public static void main(String[] args) throws IOException {
    DataOutputStream out = new DataOutputStream(System.out);
    byte[] version = {0, 1, '0'};
    new FrameHeader(FrameType.READY, version.length).writeTo(out);
    out.write(version);
    out.flush();
    DataInputStream in = new DataInputStream(System.in);
    FrameHeader image = FrameHeader.readFrom(in, Integer.MAX_VALUE);
    in.readNBytes(image.length());
    if (args[0].equals("noisy")) {
      System.out.println(
          "#\n# A fatal error has been detected by the Java Runtime Environment:\n#");
      in.readAllBytes();
    }
    System.err.println("simulated crash");
    Runtime.getRuntime().halt(134);
  }
}
