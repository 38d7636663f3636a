package quayside.laptop;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Command lines that run a subcommand of this program in a JVM of its own. */
final class JavaCommand {

  private JavaCommand() {}

  /** The java executable that runs us. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** {@code java <options> quayside.laptop.Laptop <arguments>} on our own class path. */
  static List<String> laptop(List<String> jvmOptions, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Laptop.class.getName()));
    command.addAll(arguments);
    return command;
  }

  /** The directory that holds our jar or classes: build output, where derived files may be kept. */
  static Path buildDirectory() {
    try {
      Path location =
          Path.of(JavaCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Objects.requireNonNull(location.getParent(), "neither a jar nor classes");
    } catch (URISyntaxException e) {
      throw new IllegalStateException("our own location is not a path", e);
    }
  }
}
