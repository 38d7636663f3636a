package quayside.callback;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A key pair made for the test run; its public half is trusted by the service under test. */
public final class CallbackTestKeyResource implements QuarkusTestResourceLifecycleManager {
  // System properties, since tests and resources are loaded by different class loaders.
  private static final String PRIVATE_KEY = "test.quayside.callback.private-key";
  private static final String PUBLIC_PEM = "test.quayside.callback.public-pem";

  @Override
  public Map<String, String> start() {
    return Map.of(
        "quayside.callback.keys.test.url",
        TestSigner.URL,
        "quayside.callback.keys.test.pem-file",
        pemFile().toString());
  }

  @Override
  public void stop() {
    // The key serves the next test class too.
  }

  static synchronized TestSigner signer() {
    if (System.getProperty(PRIVATE_KEY) == null) {
      TestSigner signer = TestSigner.generate();
      System.setProperty(PUBLIC_PEM, signer.publicPem());
      System.setProperty(PRIVATE_KEY, signer.privateKey());
    }
    return TestSigner.of(System.getProperty(PRIVATE_KEY), System.getProperty(PUBLIC_PEM));
  }

  private static Path pemFile() {
    try {
      Path file =
          Files.createTempFile(
              Files.createDirectories(Path.of("target/callback-test")), "key-", ".pem");
      return Files.writeString(file, signer().publicPem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
