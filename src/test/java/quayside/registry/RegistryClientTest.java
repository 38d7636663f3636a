package quayside.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.registry.RegistryAnswer.Refused;
import quayside.registry.RegistryAnswer.Registered;
import quayside.registry.RegistryAnswer.Unavailable;
import quayside.registry.RegistryAnswer.Unknown;
import quayside.registry.StubRegistry.Answer;

/** What is made of all that can come back from the address of a registry. */
class RegistryClientTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void lookup_asksWhatTheApiWants() throws Exception {
    try (StubRegistry registry = new StubRegistry(request -> Answer.id(7))) {
      RegistryAnswer answer = lookUp(registry, "quayside.registry.token", "t0ken");

      assertThat(answer).isEqualTo(new Registered(7));
      StubRegistry.Request request = registry.requests().getFirst();
      assertThat(request.path()).isEqualTo("/apis/ccompat/v7/subjects/topic-value");
      assertThat(request.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
      assertThat(request.authorization()).isEqualTo("Bearer t0ken");
      assertThat(request.body().toString())
          .isEqualTo("{\"schemaType\":\"JSON\",\"schema\":\"{\\\"type\\\":\\\"object\\\"}\"}");
    }
  }

  @Test
  void answerThatRepeatsTheSchema_isAnId() throws Exception {
    try (StubRegistry registry =
        new StubRegistry(request ->
            new Answer(200, "{\"subject\":\"topic-value\",\"id\":2147483647,\"schema\":\"{}\"}"))) {
      assertThat(lookUp(registry)).isEqualTo(new Registered(Integer.MAX_VALUE));
    }
  }

  @Test
  void subjectOrSchemaThatIsNotThere_isUnknown() throws Exception {
    try (StubRegistry registry = new StubRegistry(request -> StubRegistry.NO_SUBJECT)) {
      assertThat(lookUp(registry)).isEqualTo(new Unknown());
    }
  }

  @ParameterizedTest
  @CsvSource({"409", "422"})
  void incompatibleSchema_isRefusedInTheRegistrysWords(int status) throws Exception {
    String message = "incompatible: " + "x".repeat(1000);
    try (StubRegistry registry =
        new StubRegistry(request ->
            new Answer(status, "{\"error_code\":409,\"message\":\"" + message + "\"}"))) {
      assertThat(lookUp(registry))
          .isEqualTo(new Refused(status, "HTTP " + status + " " + message.substring(0, 300)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, unauthorized",
    "403, unauthorized",
    "302, redirected",
    "307, redirected",
    "429, failed",
    "500, failed",
    "503, failed",
  })
  void otherStatus_mayBeAnotherOneLater(int status, String reason) throws Exception {
    try (StubRegistry registry =
        new StubRegistry(
            request -> new Answer(status, "no JSON at all", Map.of("Location", "/elsewhere")))) {
      assertThat(lookUp(registry))
          .isInstanceOfSatisfying(
              Unavailable.class, answer -> assertThat(answer.reason()).isEqualTo(reason));
      assertThat(registry.requests()).as("no redirect is followed").hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "<html>It works!</html>",
        "{}",
        "[]",
        "null",
        "{\"id\":\"7\"}",
        "{\"id\":0}",
        "{\"id\":-1}",
        "{\"id\":1.5}",
        "{\"id\":2147483648}",
        "{\"id\":null}",
      })
  void successWithoutAnId_isNoRegistry(String body) throws Exception {
    try (StubRegistry registry = new StubRegistry(request -> new Answer(200, body))) {
      assertThat(lookUp(registry))
          .isInstanceOfSatisfying(
              Unavailable.class,
              answer -> assertThat(answer.reason()).isEqualTo("answer-unreadable"));
    }
  }

  /** Whoever answers at that address must not be able to fill the heap. */
  @Test
  void hugeAnswer_isNotReadToItsEnd() throws Exception {
    String huge = "{\"id\":7,\"schema\":\"" + "x".repeat(8 << 20) + "\"}";
    try (StubRegistry registry = new StubRegistry(request -> new Answer(200, huge))) {
      assertThat(lookUp(registry))
          .isInstanceOfSatisfying(
              Unavailable.class,
              answer -> {
                assertThat(answer.reason()).isEqualTo("answer-unreadable");
                assertThat(answer.words()).hasSizeLessThanOrEqualTo(300);
              });
    }
  }

  /** The head comes at once, the body never: the client's own limit would have been met. */
  @Test
  @Timeout(60)
  void answerThatDoesNotEnd_isWaitedForNoLongerThanTheTimeout() throws Exception {
    try (StubRegistry registry = new StubRegistry(request -> new Answer(200, ""))) {
      long begin = System.nanoTime();

      RegistryAnswer answer = lookUp(registry, "quayside.registry.timeout", SHORT.toString());

      assertThat(answer).isEqualTo(new Unavailable("timeout", "no answer within PT0.3S"));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void addressWhereNobodyListens_isUnreachable() throws Exception {
    assertThat(lookUp(URI.create("http://127.0.0.1:" + closedPort())))
        .isInstanceOfSatisfying(
            Unavailable.class, answer -> assertThat(answer.reason()).isEqualTo("unreachable"));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static RegistryAnswer lookUp(StubRegistry registry, String... settings)
      throws InterruptedException {
    return lookUp(registry.url(), settings);
  }

  private static RegistryAnswer lookUp(URI url, String... settings) throws InterruptedException {
    try (RegistryClient client =
        new RegistryClient(RegistryAddress.of(url, TestRegistryConfig.of(settings)))) {
      return client.lookUp("topic-value", "{\"type\":\"object\"}");
    }
  }
}
