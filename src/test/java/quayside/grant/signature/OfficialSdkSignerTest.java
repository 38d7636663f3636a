package quayside.grant.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.grant.signature.ComparedUploads.QUERIES;
import static quayside.grant.signature.ComparedUploads.VALIDITY;
import static quayside.grant.signature.ComparedUploads.presigner;
import static quayside.grant.signature.UploadVectorsTest.query;

import com.aliyun.sdk.service.oss2.signer.Signer;
import com.aliyun.sdk.service.oss2.signer.SignerV1;
import com.aliyun.sdk.service.oss2.signer.SignerV4;
import com.aliyun.sdk.service.oss2.signer.SigningContext;
import com.aliyun.sdk.service.oss2.transport.RequestMessage;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same uploads, signed by us and by the signers of Alibaba's own SDK. */
@NullUnmarked // A null where none belongs fails the test.
class OfficialSdkSignerTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  @ParameterizedTest
  @CsvSource({
    "V4, uploads/42/a.png, ",
    "V4, 照片/a b+c&d=e?.png, ",
    "V4, '~*(x)!', sts/token+=",
    "V1, uploads/42/a.png, ",
    "V1, 照片/a b+c&d=e?.png, ",
    "V1, '~*(x)!', sts/token+=",
  })
  void put_isSignedAsTheSdkSigner(SignatureVersion version, String key, String securityToken) {
    Map<String, String> callback =
        Map.of("callback", "eyJhIjoifn5+Pz8/6ZSuPj4ifQ==", "callback-var", "eyJ4OnUiOiI0MiJ9");
    Map<String, String> headers =
        Map.of(
            "content-type",
            "image/png",
            "content-md5",
            "eB5eJF1ptWaXm4bijSPyxw==",
            "x-oss-forbid-overwrite",
            "true",
            "x-oss-meta-who",
            "alice");
    Credentials credentials = new Credentials("LTAIexample", "secret", securityToken);

    RequestToSign put = RequestToSign.put("photos", key, headers, callback, VALIDITY);
    URI ours = presigner(credentials, NOW).presign(put, version).url();

    assertThat(query(ours)).isEqualTo(query(sdkSigned(version, put, credentials, ours)));
  }

  @ParameterizedTest
  @MethodSource("quayside.grant.signature.ComparedUploads#requestsOfAnUploadInParts")
  void requestOfAnUploadInParts_isSignedAsTheSdkSigner(
      SignatureVersion version, UploadOperation operation, String securityToken) {
    Credentials credentials = new Credentials("LTAIexample", "secret", securityToken);
    RequestToSign request =
        new RequestToSign(
            operation,
            "photos",
            "照片/a b+c&d=e?.png",
            operation == UploadOperation.INITIATE_MULTIPART_UPLOAD
                ? Map.of("content-type", "image/png")
                : Map.of(),
            QUERIES.get(operation),
            VALIDITY);

    URI ours = presigner(credentials, NOW).presign(request, version).url();

    assertThat(query(ours)).isEqualTo(query(sdkSigned(version, request, credentials, ours)));
  }

  private static URI sdkSigned(
      SignatureVersion version, RequestToSign request, Credentials credentials, URI ours) {
    SigningContext context = new SigningContext();
    context.setProduct("oss");
    context.setRegion("cn-hangzhou");
    context.setBucket("photos");
    context.setKey(request.key());
    context.setAuthMethodQuery(true);
    context.setSignTime(NOW);
    context.setExpiration(NOW.plus(VALIDITY));
    context.setSubResource(List.of("callback", "callback-var"));
    context.setCredentials(
        new com.aliyun.sdk.service.oss2.credentials.Credentials(
            credentials.accessKeyId(), credentials.accessKeySecret(), credentials.securityToken()));
    URI unsigned =
        URI.create(
            ours.toString()
                .replaceFirst(
                    "\\?.*", "?" + SignatureV4.canonicalQuery(new TreeMap<>(request.query()))));
    context.setRequest(
        RequestMessage.newBuilder()
            .method(request.operation().method())
            .uri(unsigned)
            .headers(new HashMap<>(request.headers()))
            .build());
    Signer signer = version == SignatureVersion.V4 ? new SignerV4() : new SignerV1();
    signer.sign(context);
    return context.getRequest().uri();
  }
}
