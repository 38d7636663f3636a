package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Clients of aliyun-sdk-oss (the V1 SDK), what they upload and how they tell a refusal. */
final class SdkV1 {
  private SdkV1() {}

  static OSS client(OssStandIn standIn, SignVersion version) {
    return client(standIn, version, "local-secret");
  }

  static OSS client(OssStandIn standIn, SignVersion version, String secret) {
    var configuration = new ClientBuilderConfiguration();
    configuration.setSignatureVersion(version);
    configuration.setMaxErrorRetry(0);
    return OSSClientBuilder.create()
        .endpoint(standIn.endpoint())
        .region("cn-hangzhou")
        .credentialsProvider(new DefaultCredentialProvider("local", secret))
        .clientConfiguration(configuration)
        .build();
  }

  static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  static void assertCode(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            OSSException.class, e -> assertThat(e.getErrorCode()).isEqualTo(code));
  }
}
