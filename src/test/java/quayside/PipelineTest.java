package quayside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The main job, end to end on real parts: a file uploaded with the Alibaba SDK becomes an event on
 * the broker, a row in PostgreSQL, a search hit and thumbnails in the bucket; a broken one becomes
 * a dead letter and stops nothing.
 */
@QuarkusTest
@QuarkusTestResource(LaptopStackResource.class)
class PipelineTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String UPLOADED = "oss.object.uploaded.v1";
  private static final JsonMapper JSON = new JsonMapper();
  private static final String BODY =
      """
      {"bucket":${bucket},"object":${object},"etag":${etag},"size":${size},"mimeType":${mimeType},\
      "imageInfo.width":${imageInfo.width},"imageInfo.height":${imageInfo.height},"crc64":${crc64},\
      "operation":${operation},"reqId":${reqId},"x:album":${x:album}}\
      """;

  @TestHTTPResource URI api;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String folder = "pipeline-" + UUID.randomUUID();
  private OSSClient oss;

  @BeforeEach
  void connect() {
    oss =
        OSSClient.newBuilder()
            .endpoint(LaptopStackResource.running().getProperty("oss.endpoint"))
            .region("cn-hangzhou")
            .credentialsProvider(new StaticCredentialsProvider("local", "local-secret"))
            .usePathStyle(true)
            .build();
  }

  @AfterEach
  void disconnect() throws Exception {
    oss.close();
  }

  @Test
  void uploadedPicture_becomesEventRowHitAndThumbnails() throws Exception {
    String key = folder + "/日落 sunset.jpg";

    String eventId = upload(key, "image/jpeg", picture());

    ConsumerRecord<String, String> event = awaitRecord(UPLOADED, eventId);
    assertThat(event.key()).isEqualTo("uploads/" + key);
    assertThat(header(event, "ce_type")).isEqualTo("io.quayside.object.uploaded.v1");
    assertThat(header(event, "ce_subject")).isEqualTo(key);
    assertThat(JSON.readTree(event.value()).path("image").path("width").asInt()).isEqualTo(1200);

    JsonNode row = awaitRow(key, eventId, 6);
    assertThat(row.path("mimeType").asText()).isEqualTo("image/jpeg");
    assertThat(row.path("verificationLevel").asText()).isEqualTo("signature");
    assertThat(row.path("variables").toString()).contains("holidays");
    List<String> renditions = new ArrayList<>();
    for (JsonNode t : row.path("thumbnails")) {
      renditions.add(
          t.path("preset").asText()
              + " "
              + t.path("width")
              + "x"
              + t.path("height")
              + " "
              + t.path("mimeType").asText());
      assertThat(stored(t.path("bucket").asText(), t.path("key").asText()))
          .isEqualTo(t.path("size").asLong());
    }
    assertThat(renditions)
        .containsExactlyInAnyOrder(
            "small 128x96 image/webp", "small 128x96 image/jpeg",
            "medium 320x240 image/webp", "medium 320x240 image/jpeg",
            "large 1024x768 image/webp", "large 1024x768 image/jpeg");

    JsonNode hit = awaitHit("日落", key, eventId);
    assertThat(hit.path("thumbnails").size()).isEqualTo(6);
  }

  @Test
  void overwrittenPicture_showsOnlyTheNewVersion() throws Exception {
    String key = folder + "/again.png";
    upload(key, "image/jpeg", picture());

    String second = upload(key, "text/plain", "now a text".getBytes(StandardCharsets.UTF_8));

    JsonNode row = awaitRow(key, second, 0);
    assertThat(row.path("size").asLong()).isEqualTo(10);
  }

  @Test
  void unreadablePictures_becomeDeadLettersAndTheNextOneIsServed() throws Exception {
    byte[] good = picture();
    byte[] truncated = java.util.Arrays.copyOf(good, good.length / 3);
    String text =
        upload(
            folder + "/text.jpg", "image/jpeg", "not a picture".getBytes(StandardCharsets.UTF_8));
    String empty = upload(folder + "/empty.jpg", "image/jpeg", new byte[0]);
    String cut = upload(folder + "/cut.jpg", "image/jpeg", truncated);
    String next = upload(folder + "/good.jpg", "image/jpeg", good);

    assertThat(awaitRow(folder + "/good.jpg", next, 6)).isNotNull();
    assertThat(deadLetterCause(text)).isEqualTo("image-unsupported");
    assertThat(deadLetterCause(empty)).isEqualTo("image-empty");
    assertThat(deadLetterCause(cut)).isEqualTo("image-truncated");
    // They are uploads all the same.
    awaitRow(folder + "/text.jpg", text, 0);
    awaitRow(folder + "/empty.jpg", empty, 0);
    awaitRow(folder + "/cut.jpg", cut, 0);
  }

  private String upload(String key, String mimeType, byte[] content) throws IOException {
    String callback =
        JSON.writeValueAsString(
            Map.of(
                "callbackUrl",
                api.resolve("/oss/callback").toString(),
                "callbackBody",
                BODY,
                "callbackBodyType",
                "application/json"));
    String answer =
        oss.putObject(
                PutObjectRequest.newBuilder()
                    .bucket("uploads")
                    .key(key)
                    .contentType(mimeType)
                    .callback(base64(callback))
                    .callbackVar(base64("{\"x:album\":\"holidays\"}"))
                    .body(BinaryData.fromBytes(content))
                    .build())
            .callbackResult();
    return JSON.readTree(answer).path("eventId").asText();
  }

  private JsonNode awaitRow(String key, String eventId, int thumbnails) {
    String path =
        "/api/objects/uploads/"
            + java.net.URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    return await()
        .atMost(LIMIT)
        .until(
            () -> get(path),
            row ->
                row.path("eventId").asText().equals(eventId)
                    && row.path("thumbnails").size() == thumbnails);
  }

  private JsonNode awaitHit(String query, String key, String eventId) {
    String path =
        "/api/search?limit=100&q=" + java.net.URLEncoder.encode(query, StandardCharsets.UTF_8);
    return await()
        .atMost(LIMIT)
        .until(
            () -> {
              for (JsonNode hit : get(path).path("hits")) {
                if (hit.path("key").asText().equals(key)
                    && hit.path("eventId").asText().equals(eventId)
                    && !hit.path("thumbnails").isEmpty()) {
                  return Optional.of(hit);
                }
              }
              return Optional.<JsonNode>empty();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  private JsonNode get(String path) throws Exception {
    return JSON.readTree(
        http.send(
                HttpRequest.newBuilder(
                        URI.create(api.resolve("/").toString().replaceAll("/$", "") + path))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  private long stored(String bucket, String key) throws Exception {
    return oss.headObject(
            com.aliyun.sdk.service.oss2.models.HeadObjectRequest.newBuilder()
                .bucket(bucket)
                .key(key)
                .build())
        .contentLength();
  }

  private static String deadLetterCause(String eventId) {
    return header(awaitRecord(UPLOADED + ".quayside-thumbnail.dlq", eventId), "dead-letter-cause");
  }

  private static ConsumerRecord<String, String> awaitRecord(String topic, String eventId) {
    Map<String, Object> configuration =
        Map.of(
            "bootstrap.servers",
            LaptopStackResource.running().getProperty("kafka.bootstrap.servers"));
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          await()
              .atMost(LIMIT)
              .until(
                  () ->
                      consumer.partitionsFor(topic).stream()
                          .map(partition -> new TopicPartition(topic, partition.partition()))
                          .toList(),
                  list -> !list.isEmpty());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return await()
          .pollInSameThread()
          .atMost(LIMIT)
          .until(() -> poll(consumer, eventId), Optional::isPresent)
          .orElseThrow();
    }
  }

  private static Optional<ConsumerRecord<String, String>> poll(
      KafkaConsumer<String, String> consumer, String eventId) {
    for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
      if (eventId.equals(header(record, "ce_id"))) {
        return Optional.of(record);
      }
    }
    return Optional.empty();
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] picture() throws IOException {
    BufferedImage image = new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int x = 0; x < 1200; x += 20) {
      graphics.setColor(Color.getHSBColor(x / 1200f, 0.7f, 0.9f));
      graphics.fillRect(x, (x * 7) % 300, 20, 600);
    }
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }
}
