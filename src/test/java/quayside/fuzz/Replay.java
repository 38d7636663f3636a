package quayside.fuzz;

import java.nio.file.Path;

/**
 * Runs the targets once more on what a fuzzer generated and kept, without its instrumentation,
 * which allocates: here the bounds of allocation hold to the letter.
 */
public final class Replay {
  private Replay() {}

  /**
   * Prints how many inputs ran; exits with 1 when one failed.
   *
   * @param args the folder that has a folder for each target
   */
  public static void main(String[] args) throws Exception {
    int inputs = 0;
    int failures = 0;
    for (Target target : Target.in(Path.of(args[0]))) {
      for (Path input : target.inputs()) {
        inputs++;
        failures += passes(target, input) ? 0 : 1;
      }
    }
    System.out.printf("%d kept inputs replayed, %d failures%n", inputs, failures);
    System.exit(failures == 0 && inputs > 0 ? 0 : 1);
  }

  private static boolean passes(Target target, Path input) {
    try {
      target.run(input);
      return true;
    } catch (Throwable e) {
      System.out.println(input + ": " + e);
      return false;
    }
  }
}
