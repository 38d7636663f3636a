package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.laptop.oss.http.LoopbackServer;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.http.OssResponse;
import quayside.laptop.oss.http.RequestIds;

/**
 * Requests recorded from real SDKs, sent byte for byte to the stand-in's own HTTP edge: bucket, key
 * and callback must come out as the recording's decoded lines say. The recordings' secret is
 * unknown, so signatures are not checked here.
 */
class CapturesTest {
  private static final Pattern REQUEST =
      Pattern.compile(
          "----- request (\\d+) of \\d+ -----\n(.*?)(?=\n\n----- request|\n>>> decoded|\\z)",
          Pattern.DOTALL);
  private static final Pattern DECODED =
      Pattern.compile("^>>> decoded (?:query |form )?(\\S+): (.*)$", Pattern.MULTILINE);
  private static final BlockingQueue<Seen> SEEN = new LinkedBlockingQueue<>();
  static LoopbackServer server;
  static int port;

  record Capture(String name, String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  record Seen(OssRequest request, String body) {}

  @BeforeAll
  static void start() throws Exception {
    ServerSocket listener = LoopbackServer.bind(0);
    port = listener.getLocalPort();
    server =
        LoopbackServer.serve(
            listener,
            request -> {
              SEEN.add(
                  new Seen(
                      request, new String(request.body().readAllBytes(), StandardCharsets.UTF_8)));
              return OssResponse.empty(200);
            },
            List.of("examplebucket"),
            new RequestIds(java.time.Clock.systemUTC(), new java.util.Random(1)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Capture> captures() throws Exception {
    URI directory = CapturesTest.class.getResource("/oss/captures").toURI();
    var captures = new ArrayList<Capture>();
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      for (Path file : files.sorted().toList()) {
        captures.add(new Capture(file.getFileName().toString(), Files.readString(file)));
      }
    }
    return captures.stream();
  }

  @Test
  void allThirtyThreeRecordings_areThere() throws Exception {
    assertThat(captures()).hasSize(33);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void recordedRequests_areUnderstood(Capture capture) throws Exception {
    Matcher requests = REQUEST.matcher(capture.text());
    int count = 0;
    while (requests.find()) {
      count++;
      Seen seen = send(requests.group(2));
      assertThat(seen.request().address().bucket()).isEqualTo("examplebucket");
      assertThat(Optional.ofNullable(seen.request().address().key()))
          .isEqualTo(expectedKey(capture, count));
    }
    assertThat(count).isPositive();
  }

  @ParameterizedTest
  @MethodSource("captures")
  void recordedCallbacks_decodeToWhatTheRecorderDecoded(Capture capture) throws Exception {
    Matcher decoded = DECODED.matcher(capture.text());
    Matcher requests = REQUEST.matcher(capture.text());
    String last = null;
    while (requests.find()) {
      last = requests.group(2);
    }
    Seen seen = send(last);
    while (decoded.find()) {
      String name = decoded.group(1).toLowerCase(java.util.Locale.ROOT);
      Optional<String> sent =
          seen.request()
              .header(name)
              .or(() -> seen.request().query().first(name))
              .or(() -> Optional.ofNullable(formField(seen.body(), name)));
      assertThat(sent).as(name).isPresent();
      assertThat(new String(Base64.getDecoder().decode(sent.get()), StandardCharsets.UTF_8))
          .isEqualTo(decoded.group(2));
    }
  }

  private static String formField(String body, String name) {
    Matcher field = Pattern.compile("name=\"" + name + "\"\r?\n\r?\n(.*?)\r?\n").matcher(body);
    return field.find() ? field.group(1) : null;
  }

  /** What each client was told to upload; see the recordings' comments. */
  private static Optional<String> expectedKey(Capture capture, int request) {
    String name = capture.name();
    if (name.startsWith("form-post")) {
      return Optional.empty();
    }
    if (name.contains("presign")) {
      return Optional.of("dir/signed.txt");
    }
    if (name.contains("async")) {
      return Optional.of("dir/async.txt");
    }
    if (name.contains("multipart")) {
      boolean initiate = request == 1 || !name.startsWith("go-sdk");
      return Optional.of(initiate ? "dir/big.bin" : "dir/a b.txt");
    }
    return Optional.of("dir/a b+中.txt");
  }

  /** Sends the head as recorded (with CRLF) and a body of the length it announces. */
  private static Seen send(String recorded) throws Exception {
    int blank = recorded.indexOf("\n\n");
    String head = blank < 0 ? recorded : recorded.substring(0, blank);
    String body = blank < 0 ? "" : recorded.substring(blank + 2);
    Matcher length =
        Pattern.compile("(?i)^content-length: (\\d+)$", Pattern.MULTILINE).matcher(head);
    int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
    boolean form = head.toLowerCase(java.util.Locale.ROOT).contains("multipart/form-data");
    byte[] content = (form ? body.replace("\n", "\r\n") : body).getBytes(StandardCharsets.UTF_8);
    try (var socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      socket
          .getOutputStream()
          .write((head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(java.util.Arrays.copyOf(content, bytes));
      socket.getOutputStream().flush();
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
    }
    Seen seen = SEEN.poll(10, TimeUnit.SECONDS);
    assertThat(seen).isNotNull();
    return seen;
  }
}
