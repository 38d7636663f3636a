package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.callback.MultipartGrants.apiKey;
import static quayside.callback.MultipartGrants.parts;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;

/**
 * Uploads in parts, with nothing but the URLs of their grant, to the OSS stand-in, which checks
 * every signature and calls back: the callback must prove the grant.
 */
@QuarkusTest
@TestProfile(MultipartGrantProfile.class)
class MultipartGrantTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int PART_BYTES = 100 * 1024;
  private static final int PARTS = 3;

  @Inject MeterRegistry registry;

  private final String key = "granted/照片 \"a\"+b " + UUID.randomUUID() + ".bin";
  private final byte[] content = new byte[2 * PART_BYTES + 77];

  MultipartGrantTest() {
    new Random(7).nextBytes(content);
  }

  @AfterEach
  void everyCallbackIsCountedOnce() {
    CallbackCounts.of(registry).assertConserved();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v4", "v1"})
  void threeParts_becomeAnObjectAndAnEventOfLevelGrant(String version) throws Exception {
    JsonPath grant = grant(version);
    String uploadId = begin(grant);
    JsonPath urls = parts(apiKey(), grant, uploadId, PARTS).statusCode(200).extract().jsonPath();

    HttpResponse<String> completed = complete(urls, send(urls));

    assertThat(completed.statusCode()).as(completed.body()).isEqualTo(200);
    CloudEvent<ObjectUploaded> event = event(JsonPath.from(completed.body()).getString("eventId"));
    assertThat(event.partitionKey()).isEqualTo("uploads/" + key);
    assertThat(event.data().operation()).isEqualTo("CompleteMultipartUpload");
    assertThat(event.data().size()).isEqualTo(content.length);
    assertThat(event.data().mimeType()).isEqualTo("text/x-parts");
    assertThat(event.data().variables()).containsExactly(Map.entry("x:album", "7 & \"8\""));
    assertThat(event.data().verification().level()).isEqualTo(VerificationLevel.GRANT);
    assertThat(event.data().verification().grantId()).isEqualTo(grant.getString("id"));
    assertThat(event.data().verification().subject()).isEqualTo("alice");
  }

  /** Parts can be asked for again; the object can be made once. */
  @Test
  void secondUploadOfOneGrant_isRefused() throws Exception {
    JsonPath grant = grant("v4");
    for (int status : List.of(200, 203)) {
      String uploadId = begin(grant);
      parts(apiKey(), grant, uploadId, 1).statusCode(200);
      JsonPath urls = parts(apiKey(), grant, uploadId, PARTS).statusCode(200).extract().jsonPath();

      HttpResponse<String> completed = complete(urls, send(urls));

      assertThat(completed.statusCode()).as(completed.body()).isEqualTo(status);
    }
    assertThat(CallbackCounts.of(registry, RefusalReason.GRANT_REPLAYED)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v4", "v1"})
  void abortedUpload_cannotBeCompleted(String version) throws Exception {
    JsonPath grant = grant(version);
    JsonPath urls =
        parts(apiKey(), grant, begin(grant), PARTS).statusCode(200).extract().jsonPath();
    List<String> etags = send(urls);

    HttpResponse<String> aborted =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(urls.getString("abort.url"))).DELETE().build(),
            BodyHandlers.ofString());

    assertThat(aborted.statusCode()).as(aborted.body()).isEqualTo(204);
    assertThat(complete(urls, etags).statusCode()).isEqualTo(404);
  }

  /** Whatever the uploader changes, OSS refuses it: the callback above all. */
  @ParameterizedTest
  @ValueSource(strings = {"v4", "v1"})
  void changedUrls_areRefused(String version) throws Exception {
    JsonPath grant = grant(version);
    JsonPath urls =
        parts(apiKey(), grant, begin(grant), PARTS).statusCode(200).extract().jsonPath();
    List<String> etags = send(urls);
    String part = urls.getString("parts[0].url");
    String end = urls.getString("complete.url");

    for (String url :
        List.of(
            part.replace("partNumber=1", "partNumber=4"),
            part.replaceFirst("[?&]partNumber=1", "").replaceFirst("bin&", "bin?"),
            part.replaceFirst("uploadId=[^&]+", "uploadId=0"))) {
      assertThat(put(url, content).statusCode()).as(url).isEqualTo(403);
    }
    for (String url :
        List.of(
            end.replaceFirst("([?&])callback=[^&]+&", "$1"),
            end.replaceFirst("([?&])callback-var=[^&]+&", "$1"),
            end.replaceFirst("callback-var=[^&]+", "callback-var=eyJ4OmFsYnVtIjoieSJ9"))) {
      assertThat(post(url, urls.getMap("complete.headers"), list(etags)).statusCode())
          .as(url)
          .isEqualTo(403);
    }
  }

  private JsonPath grant(String version) {
    return MultipartGrants.grant(key, version, content.length);
  }

  private static String begin(JsonPath grant) throws Exception {
    HttpResponse<String> begun = post(grant.getString("url"), grant.getMap("headers"), "");
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
    return begun.body().replaceFirst("(?s).*<UploadId>([^<]+)</UploadId>.*", "$1");
  }

  /** Sends the content; returns the parts' ETags. */
  private List<String> send(JsonPath urls) throws Exception {
    assertThat(urls.<Integer>getList("parts.number")).containsExactly(1, 2, 3);
    List<String> etags = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      byte[] part =
          Arrays.copyOfRange(
              content, i * PART_BYTES, Math.min(content.length, (i + 1) * PART_BYTES));
      HttpResponse<String> answer = put(urls.getString("parts[" + i + "].url"), part);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      etags.add(answer.headers().firstValue("ETag").orElseThrow());
    }
    return etags;
  }

  private static HttpResponse<String> complete(JsonPath urls, List<String> etags) throws Exception {
    return post(urls.getString("complete.url"), urls.getMap("complete.headers"), list(etags));
  }

  private static String list(List<String> etags) {
    StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < etags.size(); i++) {
      xml.append(
          "<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>".formatted(i + 1, etags.get(i)));
    }
    return xml.append("</CompleteMultipartUpload>").toString();
  }

  private static HttpResponse<String> put(String url, byte[] body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String url, Map<String, String> headers, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static CloudEvent<ObjectUploaded> event(String id) {
    String broker = LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
    List<ConsumerRecord<String, byte[]>> records = PublishedEvents.withId(broker, id);
    assertThat(records).hasSize(1);
    return PublishedEvents.read(records.getFirst());
  }
}
