package quayside.console;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import quayside.LaptopStackResource;

/** Uploads to the bucket of the stand-in, which calls back. */
public final class BucketUploads {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String BODY =
      """
      {"bucket":${bucket},"object":${object},"etag":${etag},"size":${size},"mimeType":${mimeType},\
      "imageInfo.width":${imageInfo.width},"imageInfo.height":${imageInfo.height},"reqId":${reqId}}\
      """;

  private final URI api;

  /** To an application at this address. */
  public BucketUploads(URI api) {
    this.api = api;
  }

  /** Uploads; returns the id of the event. */
  public String upload(String key, String mimeType, byte[] content) throws Exception {
    String callback =
        JSON.writeValueAsString(
            Map.of(
                "callbackUrl",
                api.resolve("/oss/callback").toString(),
                "callbackBody",
                BODY,
                "callbackBodyType",
                "application/json"));
    try (OSSClient oss = client()) {
      String answer =
          oss.putObject(
                  PutObjectRequest.newBuilder()
                      .bucket("uploads")
                      .key(key)
                      .contentType(mimeType)
                      .callback(
                          Base64.getEncoder()
                              .encodeToString(callback.getBytes(StandardCharsets.UTF_8)))
                      .body(BinaryData.fromBytes(content))
                      .build())
              .callbackResult();
      return JSON.readTree(answer).path("eventId").asText();
    }
  }

  /** A client of the stand-in, to be closed. */
  public static OSSClient client() {
    return OSSClient.newBuilder()
        .endpoint(LaptopStackResource.running().getProperty("oss.endpoint"))
        .region("cn-hangzhou")
        .credentialsProvider(new StaticCredentialsProvider("local", "local-secret"))
        .usePathStyle(true)
        .build();
  }

  /** A PNG of 400 by 300 pixels. */
  public static byte[] picture() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }
}
