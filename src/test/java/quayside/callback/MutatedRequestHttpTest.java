package quayside.callback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Damaged requests as bytes on a socket, against the running service: every request is answered or
 * its connection ended in time, and no answer says that we failed. What the fuzz targets cannot
 * see: the HTTP server, the route and the reading of bodies.
 */
@QuarkusTest
@TestProfile(CallbackHttpProfile.class)
class MutatedRequestHttpTest {
  private static final int REQUESTS = 2000;
  private static final int CONNECTIONS = 32;
  private static final int AFTER_AN_ANSWER_MILLIS = 1500;
  private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/1\\.[01] ([0-9]{3})");

  /** Ends a head that lost its end, and the connection. */
  private static final byte[] LAST =
      "\r\n\r\nGET /not-there HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(ISO_8859_1);

  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\0",
          " ",
          ":",
          "%",
          "%3F",
          "%00",
          "?",
          "#",
          "&",
          "=",
          "{",
          "\"",
          "\r\nContent-Length: 3\r\n",
          "\r\nContent-Length: -1\r\n",
          "Content-Length: 99999999999",
          "\r\nTransfer-Encoding: chunked\r\n",
          "\r\nTransfer-Encoding: gzip, chunked\r\n",
          "\r\nExpect: 100-continue\r\n",
          "\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n",
          "\r\nAuthorization: AAAA\r\n",
          "HTTP/1.0",
          "HTTP/9.9",
          "http://h/",
          "GET ",
          "PRI * ",
          "\u00ff",
          "a".repeat(9000),
          "x: y\r\n".repeat(300));

  private final TestSigner signer = CallbackTestKeyResource.signer();

  @TestHTTPResource URI uri;
  @Inject MeterRegistry registry;

  @Test
  void damagedRequests_areAnsweredOrClosed_neverWithAFailureOfOurs() throws Exception {
    List<byte[]> originals = originals();
    List<Future<List<Integer>>> running = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int seed = 0; seed < REQUESTS; seed++) {
        byte[] request = damaged(originals.get(seed % originals.size()), new Random(seed));
        running.add(clients.submit(() -> statuses(request)));
      }
    }
    TreeSet<Integer> seen = new TreeSet<>();
    for (int seed = 0; seed < REQUESTS; seed++) {
      List<Integer> statuses = result(seed, running.get(seed));
      assertThat(statuses).as("seed %d", seed).allMatch(status -> status < 500 || status == 503);
      seen.addAll(statuses);
    }
    assertThat(seen).as("both good and bad ones were among them").contains(200, 400, 403, 404);
    Awaitility.await().untilAsserted(() -> CallbackCounts.of(registry).assertConserved());
  }

  private List<byte[]> originals() {
    List<byte[]> originals = new ArrayList<>();
    Vector.accepted().forEach(vector -> originals.add(vector.wire()));
    originals.add(CallbackScenario.signedBy(signer).wire());
    originals.add(CallbackScenario.signedBy(signer).withTarget("/oss/any/x?q=%2F").wire());
    originals.add(CallbackHttpTest.chunked(CallbackScenario.signedBy(signer), 10));
    return originals;
  }

  private static byte[] damaged(byte[] original, Random random) {
    StringBuilder text = new StringBuilder(new String(original, ISO_8859_1));
    for (int change = random.nextInt(4); change >= 0; change--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(6)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.setCharAt(at, (char) (text.charAt(at) ^ (1 << random.nextInt(8))));
        case 2 -> text.delete(at, end);
        case 3 -> text.insert(at, text.substring(at, end));
        case 4 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        default -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  /**
   * The statuses of all answers. Fails when the server neither answers nor ends the connection;
   * after an answer it may wait for the rest of an announced body as long as it likes.
   */
  private List<Integer> statuses(byte[] request) throws IOException {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    try (Socket socket = RawHttp.connect(uri.getPort())) {
      socket.getOutputStream().write(request);
      socket.getOutputStream().write(LAST);
      for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
        answers.write(c);
        socket.setSoTimeout(AFTER_AN_ANSWER_MILLIS);
      }
    } catch (SocketTimeoutException waiting) {
      if (answers.size() == 0) {
        throw new IOException("no answer to " + new String(request, ISO_8859_1), waiting);
      }
    } catch (SocketException reset) {
      // The server need not read on what it has refused.
    }
    return STATUS
        .matcher(answers.toString(ISO_8859_1))
        .results()
        .map((MatchResult status) -> Integer.parseInt(status.group(1)))
        .toList();
  }

  private static List<Integer> result(int seed, Future<List<Integer>> running)
      throws InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      throw new AssertionError("seed " + seed, e.getCause());
    }
  }
}
