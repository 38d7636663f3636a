package quayside.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quayside.LaptopStackResource;
import quayside.PackagedProcess;

/**
 * The pipeline over several processes of the packaged application, each in roles of its own, on
 * real parts: together they do what one does, and each of them only its part.
 */
class RolesIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String BODY =
      "{\"bucket\":${bucket},\"object\":${object},\"etag\":${etag},\"size\":${size},"
          + "\"mimeType\":${mimeType},\"reqId\":${reqId}}";

  private final Properties stack = LaptopStackResource.running();
  private final String key = "roles-" + UUID.randomUUID() + "/photo.png";
  private final List<PackagedProcess> running = new ArrayList<>();
  private Admin kafka;

  @TempDir Path directory;

  @BeforeEach
  void connect() {
    kafka = Admin.create(Map.of("bootstrap.servers", stack.getProperty("kafka.bootstrap.servers")));
  }

  @AfterEach
  void stop() {
    running.forEach(PackagedProcess::close);
    kafka.close();
  }

  @Test
  void pipelineOverSixProcesses_worksAndEachJoinsItsGroupsAlone() throws Exception {
    // The edge needs no database: there is none where it is told to look.
    PackagedProcess callback =
        start("callback", Map.of("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/x"));
    awaitGroups();
    PackagedProcess catalog = start("catalog", Map.of());
    awaitGroups("catalog", "catalog.retry");
    PackagedProcess sinks = start("search,thumbnail", Map.of());
    String[] ofSinks = {"search", "search.retry", "thumbnail", "thumbnail.retry"};
    awaitGroups(with(ofSinks, "catalog", "catalog.retry"));
    PackagedProcess timeline = start("timeline", Map.of());
    awaitGroups(with(ofSinks, "catalog", "catalog.retry", "timeline"));
    PackagedProcess state = start("state", Map.of());
    String[] groups = with(ofSinks, "catalog", "catalog.retry", "timeline", "state");
    awaitGroups(groups);
    PackagedProcess api = start("api", Map.of());

    String eventId = upload(callback.uri("/oss/callback"));

    JsonNode row =
        await()
            .atMost(LIMIT)
            .until(
                () -> json(api.get("/api/objects/uploads/" + key)),
                found ->
                    found.path("eventId").asText().equals(eventId)
                        && !found.path("thumbnails").isEmpty());
    assertThat(row.path("mimeType").asText()).isEqualTo("image/png");
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(json(api.get("/api/search?q=" + key.split("/")[0])).toString())
                .contains(eventId));
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(json(api.get("/api/objects/uploads/" + key + "/timeline")).toString())
                .contains("\"catalog\"", "\"search-uploaded\"", "\"thumbnail\""));

    assertThat(activeGroups()).isEqualTo(new TreeSet<>(Arrays.asList(groups)));
    assertServesOnlyItsPart(callback, catalog, sinks, timeline, state, api);
    assertMeasuresOnlyItsPart(callback, catalog, api);
    assertSaysNothingOfOthers(callback);
    assertThat(Sockets.remotePorts(api.pid()))
        .contains(port("postgres.url"), port("kafka.bootstrap.servers"));
    assertThat(Sockets.remotePorts(callback.pid()))
        .contains(port("kafka.bootstrap.servers"))
        .doesNotContain(1, port("postgres.url"));
  }

  private static void assertServesOnlyItsPart(
      PackagedProcess callback,
      PackagedProcess catalog,
      PackagedProcess sinks,
      PackagedProcess timeline,
      PackagedProcess state,
      PackagedProcess api) {
    List.of(callback, catalog, sinks, timeline, state, api)
        .forEach(
            process -> assertThat(process.manage("/q/health/ready").statusCode()).isEqualTo(200));
    assertThat(api.get("/api/objects").statusCode()).isEqualTo(200);
    assertThat(api.get("/api/dead-letters?group=quayside-catalog").statusCode()).isEqualTo(200);
    assertThat(api.get("/api/session").body()).contains("\"operator\":false", "role grants");
    assertThat(api.post("/api/dead-letters/redrive").statusCode()).isEqualTo(401);
    assertThat(api.post("/api/explain").statusCode()).isEqualTo(400);
    for (PackagedProcess other : List.of(callback, catalog, sinks, timeline, state)) {
      assertUnknown(other.get("/api/objects"), other.get("/no/such"));
      assertUnknown(other.get("/api/search?q=x"), other.get("/no/such"));
      assertUnknown(other.get("/api/objects/uploads/x/timeline"), other.get("/no/such"));
      assertUnknown(other.get("/api/session"), other.get("/no/such"));
      assertUnknown(other.get("/api/dead-letters"), other.get("/no/such"));
      assertUnknown(other.post("/api/dead-letters/redrive"), other.post("/no/such"));
      assertUnknown(other.post("/api/explain"), other.post("/no/such"));
    }
    assertThat(callback.post("/oss/callback").statusCode()).isEqualTo(400);
    for (PackagedProcess other : List.of(catalog, sinks, timeline, state, api)) {
      assertUnknown(other.post("/oss/callback"), other.post("/no/such"));
      assertUnknown(other.post("/api/grants"), other.post("/no/such"));
      assertUnknown(other.manage("/q/explain"), other.manage("/q/no-such"));
    }
    assertUnknown(callback.post("/api/grants"), callback.post("/no/such"));
    assertUnknown(callback.get("/api/grants"), callback.get("/no/such"));
    assertUnknown(callback.get("/api//./%6fbjects"), callback.get("/no/such"));
    assertThat(sinks.manage("/q/reindex").statusCode()).isEqualTo(200);
    assertThat(sinks.manage("/q/thumbnails/regenerate").statusCode()).isEqualTo(200);
    assertThat(catalog.manage("/q/dead-letters").statusCode()).isEqualTo(200);
    assertThat(state.manage("/q/state/republish").statusCode()).isEqualTo(200);
    assertUnknown(catalog.manage("/q/state/republish"), catalog.manage("/q/no-such"));
    for (PackagedProcess other : List.of(callback, timeline, state, api)) {
      assertUnknown(other.manage("/q/reindex"), other.manage("/q/no-such"));
      assertUnknown(other.manage("/q/thumbnails/regenerate"), other.manage("/q/no-such"));
      assertUnknown(other.manage("/q/dead-letters"), other.manage("/q/no-such"));
      assertUnknown(other.manage("/q/reconcile/x"), other.manage("/q/no-such"));
    }
  }

  private static void assertUnknown(HttpResponse<String> answer, HttpResponse<String> unknown) {
    assertThat(answer.statusCode()).as(answer.uri().toString()).isEqualTo(404);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(answer.body().replace(answer.uri().getPath(), ""))
        .as(answer.uri().toString())
        .isEqualTo(unknown.body().replace(unknown.uri().getPath(), ""));
  }

  /** Nor does it warn of what it was told to leave to others. */
  private static void assertSaysNothingOfOthers(PackagedProcess process) {
    assertThat(process.text()).doesNotContain("SRMSG");
  }

  private static void assertMeasuresOnlyItsPart(
      PackagedProcess callback, PackagedProcess catalog, PackagedProcess api) {
    assertThat(callback.manage("/q/metrics").body())
        .contains("quayside_callback_received", "quayside_journal_depth")
        .doesNotContain("quayside_sink_", "quayside_catalog_", "quayside_consumer_lag");
    assertThat(catalog.manage("/q/metrics").body())
        .contains("quayside_catalog_applied", "quayside_sink_events")
        .doesNotContain(
            "quayside_callback_", "quayside_journal_", "quayside_grant_", "sink=\"thumbnail\"");
    assertThat(api.manage("/q/metrics").body())
        .doesNotContain("quayside_callback_", "quayside_journal_", "quayside_sink_");
  }

  private PackagedProcess start(String roles, Map<String, String> overrides) {
    Map<String, String> settings = new TreeMap<>(new LaptopStackResource().start());
    settings.put("quarkus.profile", "test");
    settings.put("quarkus.http.port", "0");
    settings.put("quarkus.management.port", "0");
    settings.put("quayside.journal.directory", directory.resolve(roles).toString());
    settings.put("quayside.thumbnail.engine", "java");
    settings.putAll(overrides);
    PackagedProcess process = PackagedProcess.begin(settings, Map.of("QUAYSIDE_ROLES", roles));
    running.add(process);
    return process.awaitListening();
  }

  private void awaitGroups(String... names) {
    Set<String> expected = new TreeSet<>(Arrays.asList(names));
    await().atMost(LIMIT).untilAsserted(() -> assertThat(activeGroups()).isEqualTo(expected));
  }

  /** Groups of ours that have members, without what their names have in common. */
  private Set<String> activeGroups() throws ExecutionException, InterruptedException {
    List<String> names =
        kafka.listConsumerGroups().all().get().stream()
            .map(ConsumerGroupListing::groupId)
            .filter(name -> name.startsWith("quayside-"))
            .toList();
    Set<String> active = new TreeSet<>();
    for (ConsumerGroupDescription group :
        kafka.describeConsumerGroups(names).all().get().values()) {
      if (!group.members().isEmpty()) {
        active.add(group.groupId().substring("quayside-".length()));
      }
    }
    return active;
  }

  private static String[] with(String[] some, String... others) {
    List<String> all = new ArrayList<>(Arrays.asList(some));
    all.addAll(Arrays.asList(others));
    return all.toArray(String[]::new);
  }

  private int port(String property) {
    String address = stack.getProperty(property).replaceAll("^jdbc:", "");
    return URI.create(address.contains("//") ? address : "kafka://" + address).getPort();
  }

  private String upload(URI callbackUrl) throws Exception {
    String callback =
        JSON.writeValueAsString(
            Map.of(
                "callbackUrl",
                callbackUrl.toString(),
                "callbackBody",
                BODY,
                "callbackBodyType",
                "application/json"));
    try (OSSClient oss =
        OSSClient.newBuilder()
            .endpoint(stack.getProperty("oss.endpoint"))
            .region("cn-hangzhou")
            .credentialsProvider(new StaticCredentialsProvider("local", "local-secret"))
            .usePathStyle(true)
            .build()) {
      String answer =
          oss.putObject(
                  PutObjectRequest.newBuilder()
                      .bucket("uploads")
                      .key(key)
                      .contentType("image/png")
                      .callback(
                          Base64.getEncoder()
                              .encodeToString(callback.getBytes(StandardCharsets.UTF_8)))
                      .body(BinaryData.fromBytes(picture()))
                      .build())
              .callbackResult();
      return JSON.readTree(answer).path("eventId").asText();
    }
  }

  private static byte[] picture() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }
}
