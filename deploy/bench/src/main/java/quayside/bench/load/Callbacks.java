package quayside.bench.load;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import quayside.bench.load.Uploads.Upload;

/**
 * Makes callbacks as OSS sends them, no two alike: another object and another request id each, with
 * all that the recommended callback body carries. Thread-safe.
 */
public final class Callbacks {
  private static final String PATH = "/oss/callback";
  private static final String KEY_URL =
      Base64.getEncoder().encodeToString(SigningKey.URL.getBytes(StandardCharsets.US_ASCII));

  private final SigningKey key;
  private final AtomicLong next = new AtomicLong();

  /** Callbacks signed with a key. */
  public Callbacks(SigningKey key) {
    this.key = key;
  }

  /** How a request asks the server to treat its connection. */
  public enum Connection {
    /** One connection for each request, as OSS does. */
    CLOSE("close"),
    /** One connection for many requests. */
    KEEP_ALIVE("keep-alive");

    private final String header;

    Connection(String header) {
      this.header = header;
    }
  }

  /** Complete requests to the callback path. */
  public byte[][] requests(int count, Connection connection) {
    return requests(count, connection, PATH);
  }

  /** Complete requests to another path: the same bytes otherwise. */
  public byte[][] requests(int count, Connection connection, String path) {
    long first = next.getAndAdd(count);
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(i -> request(first + i, connection, path))
        .toArray(byte[][]::new);
  }

  /** Complete requests that tell of certain uploads, in their order. */
  public byte[][] requests(List<Upload> uploads, Connection connection) {
    long first = next.getAndAdd(uploads.size());
    return IntStream.range(0, uploads.size())
        .mapToObj(i -> request(first + i, uploads.get(i), connection, PATH))
        .toArray(byte[][]::new);
  }

  private byte[] request(long number, Connection connection, String path) {
    return request(number, photo(number), connection, path);
  }

  private byte[] request(long number, Upload upload, Connection connection, String path) {
    String requestId = "%08X%016X".formatted(System.currentTimeMillis() / 1000, number);
    String body = body(number, upload, requestId);
    String authorization = key.authorization(PATH + "\n" + body);
    return ("POST "
            + path
            + " HTTP/1.1\r\n"
            + "Host: 127.0.0.1\r\n"
            + "Connection: "
            + connection.header
            + "\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n"
            + "Authorization: "
            + authorization
            + "\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n"
            + "Date: Sun, 22 Nov 2026 12:00:00 GMT\r\n"
            + "User-Agent: aliyun-oss-callback\r\n"
            + "x-oss-additional-headers: \r\n"
            + "x-oss-bucket: uploads\r\n"
            + "x-oss-owner: 1283641064516515\r\n"
            + "x-oss-pub-key-url: "
            + KEY_URL
            + "\r\n"
            + "x-oss-request-id: "
            + requestId
            + "\r\n"
            + "x-oss-requester: 1283641064516515\r\n"
            + "x-oss-signature-version: 1.0\r\n"
            + "x-oss-tag: CALLBACK\r\n"
            + "eagleeye-rpcid: 0.1\r\n"
            + "\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static Upload photo(long number) {
    return new Upload(
        "bench/2026/11/photo-" + number + ".jpg",
        "%032X".formatted(number * 0x9E3779B97F4A7C15L),
        100_000 + number % 1_000_000,
        true);
  }

  private static String body(long number, Upload upload, String requestId) {
    return "bucket=uploads"
        + "&object="
        + URLEncoder.encode(upload.key(), StandardCharsets.UTF_8)
        + "&etag=%22"
        + upload.etag()
        + "%22"
        + "&size="
        + upload.size()
        + (upload.image()
            ? "&mimeType=image%2Fjpeg"
                + "&imageInfo.height=1080&imageInfo.width=1920&imageInfo.format=jpg"
            : "&mimeType=application%2Fpdf"
                + "&imageInfo.height=&imageInfo.width=&imageInfo.format=")
        + "&crc64="
        + Long.toUnsignedString(number * 0xD1B54A32D192ED03L)
        + "&contentMd5=&operation=PutObject&clientIp=203.0.113.7&vpcId="
        + "&reqId="
        + requestId
        + "&x%3Aalbum=summer";
  }
}
