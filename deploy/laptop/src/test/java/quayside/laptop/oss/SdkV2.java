package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.exceptions.OperationException;
import com.aliyun.sdk.service.oss2.exceptions.ServiceException;

/** Clients of alibabacloud-oss-v2, and how they tell that the stand-in refused. */
final class SdkV2 {
  private SdkV2() {}

  static OSSClient client(OssStandIn standIn, String signature) {
    return client(standIn, signature, "local-secret");
  }

  static OSSClient client(OssStandIn standIn, String signature, String secret) {
    return OSSClient.newBuilder()
        .credentialsProvider(new StaticCredentialsProvider("local", secret))
        .region("cn-hangzhou")
        .endpoint(standIn.endpoint())
        .signatureVersion(signature)
        .usePathStyle(true)
        .build();
  }

  static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call,
      int status,
      String code,
      String ec) {
    assertThatThrownBy(call)
        .isInstanceOf(OperationException.class)
        .cause()
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.errorCode()).isEqualTo(code);
              assertThat(e.ec()).isEqualTo(ec);
              assertThat(e.requestId()).matches("[0-9A-F]{24}");
            });
  }
}
