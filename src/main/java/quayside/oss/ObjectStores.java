package quayside.oss;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.OSSClientBuilder;
import com.aliyun.sdk.service.oss2.credentials.CredentialsProvider;
import com.aliyun.sdk.service.oss2.credentials.EnvironmentVariableCredentialsProvider;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.transport.HttpClientOptions;
import com.aliyun.sdk.service.oss2.transport.apache5client.Apache5HttpClientBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.net.URI;

/**
 * Makes the {@link ObjectStore} the configuration describes, and closes it with the application.
 */
@ApplicationScoped
class ObjectStores {

  /** The store; connections open with the first request. */
  @Produces
  @ApplicationScoped
  ObjectStore objectStore(OssConfig config) {
    return create(config);
  }

  void close(@Disposes ObjectStore store) throws Exception {
    if (store instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  static AliyunObjectStore create(OssConfig config) {
    return new AliyunObjectStore(client(config));
  }

  static OSSClient client(OssConfig config) {
    HttpClientOptions http =
        HttpClientOptions.custom()
            .connectTimeout(config.connectTimeout())
            .readWriteTimeout(config.readTimeout())
            .maxConnections(config.maxConnections())
            .build();
    OSSClientBuilder client =
        OSSClient.newBuilder()
            .region(config.region())
            .signatureVersion("v4")
            .usePathStyle(config.pathStyle())
            .retryMaxAttempts(config.maxAttempts())
            .credentialsProvider(credentials(config))
            .httpClient(Apache5HttpClientBuilder.create().options(http).build());
    config.endpoint().map(URI::toString).ifPresent(client::endpoint);
    return client.build();
  }

  private static CredentialsProvider credentials(OssConfig config) {
    if (config.accessKeyId().isEmpty() && config.accessKeySecret().isEmpty()) {
      // Read per request: without them the sinks wait and say why, instead of the application not
      // starting.
      return () -> new EnvironmentVariableCredentialsProvider().getCredentials();
    }
    if (config.accessKeyId().isEmpty() || config.accessKeySecret().isEmpty()) {
      throw new IllegalArgumentException(
          "quayside.oss.access-key-id, quayside.oss.access-key-secret: one without the other");
    }
    String id = config.accessKeyId().get();
    String secret = config.accessKeySecret().get();
    return config
        .securityToken()
        .map(token -> new StaticCredentialsProvider(id, secret, token))
        .orElseGet(() -> new StaticCredentialsProvider(id, secret));
  }
}
