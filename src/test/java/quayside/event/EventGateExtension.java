package quayside.event;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test in which an application published a record that breaks the contract. Registered
 * for all tests; what an application still publishes after a test fails its class.
 */
public final class EventGateExtension
    implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  @Override
  public void beforeEach(ExtensionContext test) {
    EventFindings.begin(test.getRequiredTestClass().getSimpleName() + "." + test.getDisplayName());
  }

  @Override
  public void afterEach(ExtensionContext test) {
    assertNothingFound();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    assertNothingFound();
  }

  private static void assertNothingFound() {
    List<String> findings = EventFindings.drain();
    if (!findings.isEmpty()) {
      throw new AssertionError(
          "published records break the contract:\n" + String.join("\n", findings));
    }
  }
}
