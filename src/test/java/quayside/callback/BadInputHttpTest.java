package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections that misbehave: too slow, too eager, contradicting themselves, not listening. Each
 * ends with an answer or a closed connection, is counted, and harms nobody else. Thousands of them
 * at a time are in the tests of the packaged application.
 */
@QuarkusTest
@TestProfile(CallbackHttpProfile.class)
class BadInputHttpTest {
  private final TestSigner signer = CallbackTestKeyResource.signer();
  private final ScheduledExecutorService dripping = Executors.newScheduledThreadPool(2);

  @TestHTTPResource URI uri;
  @Inject MeterRegistry registry;

  @AfterEach
  void nobodyIsHarmedAndNothingIsHeld() {
    dripping.shutdownNow();
    long start = System.nanoTime();
    RawHttp.Reply reply = RawHttp.send(uri.getPort(), CallbackScenario.signedBy(signer).wire());

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    await().until(() -> registry.get("quayside.callback.in.flight").gauge().value() == 0);
    assertThat(registry.get("quayside.callback.in.flight.bytes").gauge().value()).isZero();
    await().untilAsserted(() -> CallbackCounts.of(registry).assertConserved());
    assertThat(CallbackCounts.of(registry).failed()).isZero();
  }

  /** Never idle, never done: no idle time-out ends it. */
  @Test
  void headByteByByte_endsTheConnectionWhenTheBudgetIsOver() throws IOException {
    double before = ended("head-timeout");
    long start = System.nanoTime();
    AtomicInteger sent;
    try (Socket socket = RawHttp.connect(uri.getPort())) {
      sent = drip(socket, CallbackScenario.signedBy(signer).wire());

      assertThat(socket.getInputStream().read()).as("end of the connection").isNegative();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(2900));
    assertThat(sent).hasValueLessThan(45);
    assertThat(ended("head-timeout")).isEqualTo(before + 1);
  }

  /** The second request of a connection has no more time than the first. */
  @Test
  void headByteByByteAfterAnAnswer_endsTheConnectionToo() throws IOException {
    double before = ended("head-timeout");
    try (Socket socket = RawHttp.connect(uri.getPort())) {
      socket.getOutputStream().write(CallbackScenario.signedBy(signer).wire());
      assertThat(RawHttp.read(socket).status()).isEqualTo(200);
      drip(socket, CallbackScenario.signedBy(signer).wire());

      assertThat(socket.getInputStream().read()).isNegative();
    }
    assertThat(ended("head-timeout")).isEqualTo(before + 1);
  }

  @Test
  void bodyByteByByte_isRefusedAfterItsShareOfTheBudget() throws IOException {
    byte[] wire = CallbackScenario.signedBy(signer).wire();
    double before = CallbackCounts.of(registry, RefusalReason.BODY_TIMEOUT);
    AtomicInteger sent;
    try (Socket socket = RawHttp.connect(uri.getPort())) {
      int head = wire.length - CallbackScenario.signedBy(signer).body().length;
      socket.getOutputStream().write(wire, 0, head);
      sent = drip(socket, Arrays.copyOfRange(wire, head, wire.length));

      RawHttp.Reply reply = RawHttp.read(socket);

      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.text()).contains("\"reason\":\"body-timeout\"");
    }
    assertThat(sent).hasValueLessThan(30);
    assertThat(CallbackCounts.of(registry, RefusalReason.BODY_TIMEOUT)).isEqualTo(before + 1);
  }

  @Test
  void clientThatLeavesInTheHead_isCounted() throws IOException {
    double before = ended("head-incomplete");
    try (Socket socket = RawHttp.connect(uri.getPort())) {
      socket.getOutputStream().write("POST /oss/callb".getBytes(StandardCharsets.US_ASCII));
    }

    await().untilAsserted(() -> assertThat(ended("head-incomplete")).isEqualTo(before + 1));
  }

  @Test
  void pipelinedCallbacks_areAnsweredInOrderAndCountedOnceEach() throws IOException {
    int count = 20;
    CallbackCounts before = CallbackCounts.of(registry);
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      wire.writeBytes(callback(i).wire());
    }
    List<String> answers = new ArrayList<>();
    try (Socket socket = RawHttp.connect(uri.getPort())) {
      socket.getOutputStream().write(wire.toByteArray());
      for (int i = 0; i < count; i++) {
        answers.add(RawHttp.read(socket).text());
      }
    }

    for (int i = 0; i < count; i++) {
      assertThat(answers.get(i)).contains("\"eventId\":\"" + id(i) + "\"");
    }
    CallbackCounts after = CallbackCounts.of(registry);
    assertThat(after.received()).isEqualTo(before.received() + count);
    assertThat(after.published()).isEqualTo(before.published() + count);
  }

  /** The bytes behind a request must neither be lost nor be judged by the time of the first. */
  @Test
  void pipelinedInPieces_isAnsweredToo() throws IOException {
    byte[] first = callback(100).wire();
    byte[] second = callback(101).wire();
    ByteArrayOutputStream oneAndABit = new ByteArrayOutputStream();
    oneAndABit.writeBytes(first);
    oneAndABit.write(second, 0, 40);
    try (Socket socket = RawHttp.connect(uri.getPort())) {
      socket.getOutputStream().write(oneAndABit.toByteArray());
      assertThat(RawHttp.read(socket).text()).contains(id(100));
      socket.getOutputStream().write(second, 40, second.length - 40);

      assertThat(RawHttp.read(socket).text()).contains(id(101));
    }
  }

  /** Two readers of one request that disagree about its end are how requests are smuggled. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 6",
        "Content-Length: -1",
        "Content-Length: +5",
        "Content-Length: 0x5",
        "Content-Length: 5 5",
        "Content-Length: ",
        "Content-Length: 99999999999999999999",
        "Content-Length : 5"
      })
  void contradictingLength_isNoRequest(String lengths) throws IOException {
    double before = ended("head-invalid");
    CallbackCounts counts = CallbackCounts.of(registry);

    RawHttp.Reply reply = RawHttp.send(uri.getPort(), withLengths(lengths, "abcde"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(ended("head-invalid")).isEqualTo(before + 1);
    assertThat(CallbackCounts.of(registry).received())
        .as("what follows is not read as a request")
        .isEqualTo(counts.received());
  }

  /** RFC 9112 section 6.3: the encoding counts, so nothing is left over for a second request. */
  @Test
  void lengthAndChunks_isOneRequestAsLongAsItsChunks() throws IOException {
    CallbackScenario callback = callback(200);
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    byte[] chunked = CallbackHttpTest.chunked(callback, 7);
    String text = new String(chunked, StandardCharsets.ISO_8859_1);
    wire.writeBytes(
        text.replaceFirst("\r\n", "\r\nContent-Length: 3\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    CallbackCounts before = CallbackCounts.of(registry);

    RawHttp.Reply reply = RawHttp.send(uri.getPort(), wire.toByteArray());

    assertThat(reply.text()).contains(id(200));
    assertThat(CallbackCounts.of(registry).received()).isEqualTo(before.received() + 1);
  }

  /** Answers that nobody takes are not produced without end. */
  @Test
  void clientThatNeverReads_isReadNoFurther() throws IOException {
    byte[] request =
        "GET /nobody/here HTTP/1.1\r\nHost: a\r\n\r\n"
            .repeat(1000)
            .getBytes(StandardCharsets.US_ASCII);
    try (SocketChannel socket =
        SocketChannel.open(new InetSocketAddress("127.0.0.1", uri.getPort()))) {
      socket.configureBlocking(false);
      AtomicLong written = new AtomicLong();
      AtomicLong lastProgress = new AtomicLong(System.nanoTime());

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            int taken = socket.write(ByteBuffer.wrap(request));
            if (taken > 0) {
              written.addAndGet(taken);
              lastProgress.set(System.nanoTime());
            }
            return System.nanoTime() - lastProgress.get() > TimeUnit.SECONDS.toNanos(2);
          });

      assertThat(written.get()).isLessThan(32 << 20);
    }
  }

  private CallbackScenario callback(int number) {
    return CallbackScenario.signedBy(signer)
        .withBody("bucket=uploads&object=bad-input%2F" + number + "&reqId=" + id(number));
  }

  private static String id(int number) {
    return "5CF3E7821AB22D0FDC%06X".formatted(number);
  }

  private static byte[] withLengths(String lengths, String body) {
    return ("POST /oss/callback HTTP/1.1\r\nHost: localhost\r\n"
            + lengths
            + "\r\n\r\n"
            + body
            + "POST /oss/callback HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private double ended(String reason) {
    return registry.get("quayside.connection.ended").tag("reason", reason).counter().count();
  }

  /**
   * Sends the bytes one by one, ten in a second, until the connection ends. How many were sent is a
   * clock that stands still when the machine does.
   */
  private AtomicInteger drip(Socket socket, byte[] bytes) {
    AtomicInteger sent = new AtomicInteger();
    dripping.scheduleWithFixedDelay(
        () -> {
          try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes[sent.getAndIncrement()]);
          } catch (IOException ended) {
            throw new IllegalStateException("ends the dripping", ended);
          }
        },
        0,
        100,
        TimeUnit.MILLISECONDS);
    return sent;
  }
}
