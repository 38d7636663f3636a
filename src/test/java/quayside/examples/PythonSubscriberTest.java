package quayside.examples;

import java.util.List;
import quayside.DebianTool;

class PythonSubscriberTest extends VerifyingContract {
  @Override
  List<String> command() {
    return List.of(
        DebianTool.python().toString(), EXAMPLES.resolve("python/subscriber.py").toString());
  }
}
