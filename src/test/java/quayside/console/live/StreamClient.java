package quayside.console.live;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Reads an event stream from a socket with a small buffer, which it can stop reading, as a browser
 * on a bad line does.
 */
final class StreamClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SMALL_BUFFER = 4096;

  private final Socket socket = new Socket();
  private final BufferedReader lines;
  private final String status;
  private final List<String> head = new ArrayList<>();
  private final List<Message> messages = new CopyOnWriteArrayList<>();

  /** What an event of the stream says. */
  record Message(String event, JsonNode data) {}

  private StreamClient(URI uri) throws IOException {
    socket.setReceiveBufferSize(SMALL_BUFFER);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    String request = "GET " + target + " HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1);
    status = lines.readLine();
    for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
      head.add(line);
    }
  }

  /** Opens a stream without reading it. */
  static StreamClient open(URI uri) throws IOException {
    return new StreamClient(uri);
  }

  /** Opens a stream and reads it. */
  static StreamClient read(URI uri) throws IOException {
    StreamClient client = open(uri);
    client.goOnReading();
    return client;
  }

  String status() {
    return status;
  }

  List<String> head() {
    return head;
  }

  /** Reads from now on, in a thread of its own. */
  void goOnReading() {
    Thread.ofPlatform().daemon().start(this::readAll);
  }

  // The lines of chunk sizes are none of a stream's fields.
  private void readAll() {
    String event = "";
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event:")) {
          event = line.substring("event:".length());
        } else if (line.startsWith("data:")) {
          messages.add(new Message(event, json(line.substring("data:".length()))));
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the feed has begun: what happens from now on is told. */
  StreamClient awaitBeginning() {
    await()
        .atMost(LIMIT)
        .until(() ->
            messages.stream()
                .anyMatch(
                    m -> m.event().equals("kafka") && m.data().path("available").asBoolean()));
    return this;
  }

  /** All so far. */
  List<Message> messages() {
    return messages;
  }

  /** The entries so far. */
  List<JsonNode> entries() {
    return messages.stream()
        .filter(message -> message.event().equals("entries"))
        .flatMap(message -> elements(message.data().path("entries")))
        .toList();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements.stream();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
