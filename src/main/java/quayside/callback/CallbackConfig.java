package quayside.callback;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quayside.callback.rule.BucketRulesConfig;
import quayside.event.VerificationLevel;
import quayside.grant.template.CallbackTemplate;

/** How callbacks are received, understood and handed over. Checked when the service starts. */
@ConfigMapping(prefix = "quayside.callback")
interface CallbackConfig {

  /**
   * Paths that receive callbacks, compared with the raw request path. A trailing {@code /*} allows
   * any sub-path. It is the path that OSS dialled: a proxy in front must not change it.
   */
  @WithDefault("/oss/callback")
  List<String> paths();

  /** Largest body, in bytes. OSS limits templates to 5 KB; what they expand to is not limited. */
  @WithDefault("256K")
  MemorySize maxBodySize();

  /** Longest time for the body to arrive. */
  @WithDefault("1S")
  Duration bodyTimeout();

  /**
   * Longest time for the event to become durable; afterwards the answer is 503. OSS hangs up after
   * 5 s.
   */
  @WithDefault("1500MS")
  Duration publishTimeout();

  /** Events on their way to Kafka at one time; beyond it the answer is 503 at once. */
  @WithDefault("512")
  int maxInFlight();

  /**
   * Buckets whose callbacks are accepted; empty accepts all. Any OSS customer can make OSS call
   * this service. The short form of {@link BucketRulesConfig#allowedBuckets()}, never a dry run.
   */
  Optional<List<String>> buckets();

  /**
   * What callbacks may report: buckets, and by bucket keys, owners, sizes and content types. What a
   * rule can prove stands in the package {@code quayside.callback.rule}.
   */
  BucketRulesConfig rules();

  /**
   * Proof that a callback needs: {@code signature} accepts what OSS signed, {@code grant} only what
   * carries a valid grant token too. A token that is not valid is refused either way.
   */
  @WithDefault("signature")
  VerificationLevel requiredLevel();

  /**
   * Region of the buckets, such as {@code cn-hangzhou}, for the event's source; callbacks do not
   * name it.
   */
  @WithDefault("${quayside.region:}")
  Optional<String> region();

  /**
   * Body fields that are custom variables, beside those starting with {@code x:}; a trailing *
   * matches any rest.
   */
  Optional<List<String>> variables();

  /** Names of the body fields that carry the system variables; the first one present wins. */
  Fields fields();

  /**
   * Public keys trusted beside the published one, by a name of your choice. Only in the dev and
   * test profiles.
   */
  Map<String, Key> keys();

  /** A public key. */
  interface Key {
    /** The URL by which callbacks name the key. It is never fetched. */
    String url();

    /** File with the key in PEM. */
    Path pemFile();
  }

  /** Names of the body fields that carry the system variables. */
  interface Fields {
    /** Names of the bucket. */
    @WithDefault("bucket")
    List<String> bucket();

    /** Names of the object key. */
    @WithDefault("object,key,filename,name")
    List<String> object();

    /** Names of the ETag. */
    @WithDefault("etag,eTag")
    List<String> etag();

    /** Names of the size in bytes. */
    @WithDefault("size")
    List<String> size();

    /** Names of the Content-Type. */
    @WithDefault("mimeType,mime_type,mimetype,contentType")
    List<String> mimeType();

    /** Names of the image height in pixels. */
    @WithDefault("imageInfo.height,height")
    List<String> imageHeight();

    /** Names of the image width in pixels. */
    @WithDefault("imageInfo.width,width")
    List<String> imageWidth();

    /** Names of the image format. */
    @WithDefault("imageInfo.format,format")
    List<String> imageFormat();

    /** Names of the CRC-64. */
    @WithDefault("crc64")
    List<String> crc64();

    /** Names of the Content-MD5. */
    @WithDefault("contentMd5,content_md5")
    List<String> contentMd5();

    /** Names of the VPC id. */
    @WithDefault("vpcId,vpc_id")
    List<String> vpcId();

    /** Names of the uploader's address. */
    @WithDefault("clientIp,client_ip")
    List<String> clientIp();

    /** Names of the request id. */
    @WithDefault("reqId,requestId,req_id,request_id")
    List<String> requestId();

    /** Names of the operation. */
    @WithDefault("operation")
    List<String> operation();

    /** Names of the grant token. What is in such a field never leaves this service. */
    @WithDefault(CallbackTemplate.TOKEN_FIELD)
    List<String> grant();
  }
}
