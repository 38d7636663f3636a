package quayside.console;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a {@link Console} of its own in the one browser, on the one stack, that serve all
 * tests of a run. After each test nothing unheard of may have happened in the page; of a test that
 * failed a picture is kept.
 */
final class ConsoleExtension implements ParameterResolver, AfterTestExecutionCallback {
  private static final Namespace NAMESPACE = Namespace.create(ConsoleExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == Console.class || type == ConsoleStack.class || type == Chromium.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    if (type == Console.class) {
      return console(test);
    }
    return type == Chromium.class ? browser(test) : stack(test);
  }

  @Override
  public void afterTestExecution(ExtensionContext test) {
    Console console = test.getStore(NAMESPACE).get(Console.class, Console.class);
    if (console == null) {
      return;
    }
    if (test.getExecutionException().isPresent()) {
      console.picture("failed-" + test.getRequiredTestMethod().getName());
      console.tellWhatHappened();
    } else {
      console.assertNothingUnheardOf();
    }
  }

  // What is in a store is closed with what the store belongs to: the test, or the run.
  private static Console console(ExtensionContext test) {
    return test.getStore(NAMESPACE)
        .computeIfAbsent(
            Console.class, any -> new Console(stack(test), browser(test)), Console.class);
  }

  private static ConsoleStack stack(ExtensionContext test) {
    return test.getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(ConsoleStack.class, any -> new ConsoleStack(), ConsoleStack.class);
  }

  private static Chromium browser(ExtensionContext test) {
    return test.getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Chromium.class, any -> new Chromium(), Chromium.class);
  }
}
