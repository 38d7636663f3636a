package quayside.chaos;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.models.DeleteObjectRequest;
import com.aliyun.sdk.service.oss2.models.ListObjectsV2Request;
import com.aliyun.sdk.service.oss2.models.ListObjectsV2Result;
import com.aliyun.sdk.service.oss2.models.ObjectSummary;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bucket as an uploader sees it, with the Alibaba SDK. Thread-safe. */
final class Bucket implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern EVENT_ID = Pattern.compile("\"eventId\"\\s*:\\s*\"([^\"]+)\"");
  private static final String BODY =
      """
      {"bucket":${bucket},"object":${object},"etag":${etag},"size":${size},"mimeType":${mimeType},\
      "imageInfo.width":${imageInfo.width},"imageInfo.height":${imageInfo.height},"crc64":${crc64},\
      "operation":${operation},"reqId":${reqId}}\
      """;

  private final OSSClient client;

  Bucket(String endpoint) {
    client =
        OSSClient.newBuilder()
            .endpoint(endpoint)
            .region("cn-hangzhou")
            .credentialsProvider(new StaticCredentialsProvider("local", "local-secret"))
            .usePathStyle(true)
            .build();
  }

  /** What a listing says of an object. */
  record Listed(String etag, long size) {}

  /**
   * Uploads an object; OSS calls back.
   *
   * @return the event's id when the callback was acknowledged; empty when the object is stored and
   *     the callback failed
   * @throws RuntimeException when it is not known whether the object is stored
   */
  Optional<String> put(Upload upload, String callbackUrl) {
    String answer =
        client
            .putObject(
                PutObjectRequest.newBuilder()
                    .bucket(Stack.BUCKET)
                    .key(upload.key())
                    .contentType(upload.mimeType())
                    .callback(callback(callbackUrl))
                    .body(BinaryData.fromBytes(upload.content()))
                    .build())
            .callbackResult();
    Matcher eventId = EVENT_ID.matcher(String.valueOf(answer));
    return eventId.find() ? Optional.of(eventId.group(1)) : Optional.empty();
  }

  /** Deletes an object; OSS tells nobody. */
  void delete(String key) {
    client.deleteObject(DeleteObjectRequest.newBuilder().bucket(Stack.BUCKET).key(key).build());
  }

  /** All objects whose key begins with a prefix. */
  Map<String, Listed> list(String prefix) {
    Map<String, Listed> objects = new TreeMap<>();
    String after = "";
    boolean more = true;
    while (more) {
      ListObjectsV2Result page =
          client.listObjectsV2(
              ListObjectsV2Request.newBuilder()
                  .bucket(Stack.BUCKET)
                  .prefix(prefix)
                  .startAfter(after)
                  .maxKeys(1000L)
                  .build());
      if (page.contents() != null) {
        for (ObjectSummary object : page.contents()) {
          objects.put(object.key(), new Listed(object.eTag().replace("\"", ""), object.size()));
          after = object.key();
        }
      }
      more = Boolean.TRUE.equals(page.isTruncated());
    }
    return objects;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String callback(String url) {
    try {
      String callback =
          JSON.writeValueAsString(
              Map.of(
                  "callbackUrl",
                  url,
                  "callbackBody",
                  BODY,
                  "callbackBodyType",
                  "application/json"));
      return Base64.getEncoder().encodeToString(callback.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
