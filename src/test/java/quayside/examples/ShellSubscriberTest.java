package quayside.examples;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quayside.DebianTool;

class ShellSubscriberTest extends SubscriberContract {
  @Override
  List<String> command() {
    return List.of("bash", EXAMPLES.resolve("shell/subscriber.sh").toString());
  }

  @Override
  Map<String, String> environment() {
    String tools =
        Stream.of(DebianTool.kcat(), DebianTool.jq())
            .map(Path::getParent)
            .map(Path::toAbsolutePath)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    return Map.of("PATH", tools + File.pathSeparator + System.getenv("PATH"));
  }
}
