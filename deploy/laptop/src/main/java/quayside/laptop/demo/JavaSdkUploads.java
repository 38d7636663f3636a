package quayside.laptop.demo;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.ResponseMessage;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.Callback;
import com.aliyun.oss.model.CompleteMultipartUploadRequest;
import com.aliyun.oss.model.InitiateMultipartUploadRequest;
import com.aliyun.oss.model.MatchMode;
import com.aliyun.oss.model.ObjectMetadata;
import com.aliyun.oss.model.PartETag;
import com.aliyun.oss.model.PolicyConditions;
import com.aliyun.oss.model.PutObjectRequest;
import com.aliyun.oss.model.UploadPartRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Uploads with {@code com.aliyun.oss:aliyun-sdk-oss}; each returns what the callback's receiver
 * answered.
 */
final class JavaSdkUploads implements AutoCloseable {
  private static final int PART_BYTES = 100 * 1024;
  private static final Map<String, String> VARIABLES = Map.of("x:album", "demo");

  private final Endpoints endpoints;
  private final OSS oss;

  JavaSdkUploads(Endpoints endpoints) {
    ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
    configuration.setSignatureVersion(SignVersion.V4);
    this.endpoints = endpoints;
    this.oss =
        OSSClientBuilder.create()
            .endpoint(endpoints.oss().toString())
            .region(Endpoints.REGION)
            .credentialsProvider(
                new DefaultCredentialProvider(Endpoints.ACCESS_KEY_ID, Endpoints.ACCESS_KEY_SECRET))
            .clientConfiguration(configuration)
            .build();
  }

  /** PutObject with a callback body in form encoding. */
  String putWithFormCallback(Sample sample) throws IOException {
    return put(sample, callback(CallbackBodies.FORM, Callback.CalbackBodyType.URL));
  }

  /** PutObject with a callback body in JSON. */
  String putWithJsonCallback(Sample sample) throws IOException {
    return put(sample, callback(escaped(CallbackBodies.JSON), Callback.CalbackBodyType.JSON));
  }

  /** Initiate, upload parts, complete; the callback comes with the last step. */
  String multipartWithJsonCallback(Sample sample) throws IOException {
    byte[] content = sample.content();
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentType(sample.mimeType());
    String upload =
        oss.initiateMultipartUpload(
                new InitiateMultipartUploadRequest(Endpoints.BUCKET, sample.key(), metadata))
            .getUploadId();
    List<PartETag> parts = new ArrayList<>();
    for (int offset = 0; offset < content.length; offset += PART_BYTES) {
      parts.add(uploadPart(sample, upload, parts.size() + 1, content, offset));
    }
    CompleteMultipartUploadRequest complete =
        new CompleteMultipartUploadRequest(Endpoints.BUCKET, sample.key(), upload, parts);
    complete.setCallback(callback(escaped(CallbackBodies.JSON), Callback.CalbackBodyType.JSON));
    return answer(oss.completeMultipartUpload(complete).getResponse());
  }

  /**
   * The fields of a form that may upload this one file, signed by the SDK; the callback is pinned
   * by the policy.
   */
  Map<String, String> postForm(Sample sample, String callback) {
    Date expiry = Date.from(Instant.now().plusSeconds(300));
    PolicyConditions conditions = new PolicyConditions();
    conditions.addConditionItem(MatchMode.Exact, PolicyConditions.COND_KEY, sample.key());
    conditions.addConditionItem(PolicyConditions.COND_CONTENT_LENGTH_RANGE, 1, 10 << 20);
    conditions.addConditionItem("callback", callback);
    conditions.addConditionItem("x:album", "demo");
    byte[] policy = oss.generatePostPolicy(expiry, conditions).getBytes(StandardCharsets.UTF_8);
    String encoded = Base64.getEncoder().encodeToString(policy);

    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("key", sample.key());
    fields.put("OSSAccessKeyId", Endpoints.ACCESS_KEY_ID);
    fields.put("policy", encoded);
    fields.put("Signature", oss.calculatePostSignature(new String(policy, StandardCharsets.UTF_8)));
    fields.put("callback", callback);
    fields.put("x:album", "demo");
    fields.put("success_action_status", "200");
    return fields;
  }

  @Override
  public void close() {
    oss.shutdown();
  }

  private String put(Sample sample, Callback callback) throws IOException {
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentType(sample.mimeType());
    PutObjectRequest request =
        new PutObjectRequest(
            Endpoints.BUCKET, sample.key(), new ByteArrayInputStream(sample.content()), metadata);
    request.setCallback(callback);
    return answer(oss.putObject(request).getResponse());
  }

  private PartETag uploadPart(
      Sample sample, String upload, int number, byte[] content, int offset) {
    byte[] part =
        Arrays.copyOfRange(content, offset, Math.min(offset + PART_BYTES, content.length));
    UploadPartRequest request =
        new UploadPartRequest(
            Endpoints.BUCKET,
            sample.key(),
            upload,
            number,
            new ByteArrayInputStream(part),
            part.length);
    return oss.uploadPart(request).getPartETag();
  }

  private Callback callback(String body, Callback.CalbackBodyType type) {
    Callback callback = new Callback();
    callback.setCallbackUrl(endpoints.callback().toString());
    callback.setCallbackBody(body);
    callback.setCalbackBodyType(type);
    callback.setCallbackVar(VARIABLES);
    return callback;
  }

  /** This SDK writes the callback's JSON without escaping what is in it. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String answer(ResponseMessage response) throws IOException {
    try (InputStream content = response.getContent()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
