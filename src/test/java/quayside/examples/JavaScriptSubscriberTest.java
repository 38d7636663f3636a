package quayside.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

class JavaScriptSubscriberTest extends BootstrappingContract {
  private static final Path FOLDER = EXAMPLES.resolve("javascript");

  @Override
  List<String> command() {
    assertThat(FOLDER.resolve("node_modules/kafkajs"))
        .as("install Node.js 18 or later with npm, then run `make examples`")
        .exists();
    return List.of("node", FOLDER.resolve("subscriber.mjs").toString());
  }
}
