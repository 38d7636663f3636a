package quayside.callback;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quayside.callback.journal.JournalConfig;
import quayside.callback.rule.BucketRules;
import quayside.callback.rule.BucketRulesConfig;
import quayside.configuration.Checked;
import quayside.configuration.Problems;
import quayside.event.EventsConfig;
import quayside.event.VerificationLevel;
import quayside.grant.template.CallbackTemplate;
import quayside.signature.ExternalPaths;
import quayside.signature.ExternalPathsConfig;

/** How callbacks are received, understood and handed over. Checked when the service starts. */
@ConfigMapping(prefix = "quayside.callback")
interface CallbackConfig extends Checked {

  /**
   * Paths that receive callbacks, compared with the raw request path. A trailing {@code /*} allows
   * any sub-path. It is the path that OSS dialled, which it signed: when a proxy in front changes
   * it, see {@link #externalPaths}.
   */
  @WithDefault("/oss/callback")
  List<String> paths();

  /** Largest body, in bytes. OSS limits templates to 5 KB; what they expand to is not limited. */
  @WithDefault("256K")
  MemorySize maxBodySize();

  /**
   * Time from the first byte of a request to its answer, at most; the head of any request on this
   * port must have arrived by then, too. OSS hangs up after 5 s.
   */
  @WithDefault("3S")
  Duration budget();

  /** Of it, until the last byte of the body has arrived, at most; afterwards the answer is 408. */
  @WithDefault("1S")
  Duration bodyTimeout();

  /**
   * Of it, for Kafka's acknowledgement, at most, and less when the body took long; afterwards the
   * event goes to the journal, or without one the answer is 503.
   */
  @WithDefault("1500MS")
  Duration publishTimeout();

  /**
   * Callbacks between the last byte of their body and their answer at one time; beyond it the
   * answer is 503 at once. With a journal, Kafka gets half of them.
   */
  @WithDefault("1024")
  int maxInFlight();

  /** Bytes of bodies held at one time; beyond it the answer is 503 at once. */
  @WithDefault("32M")
  MemorySize maxInFlightSize();

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

  /** What leaves the edge only as a pseudonym, or not at all. */
  RedactConfig redact();

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

  /**
   * Settings of the Kafka client that publishes events, under Kafka's own names, over those of
   * {@code kafka.*}. What makes an event durable cannot be set.
   */
  Map<String, String> kafka();

  @Override
  default void check(Problems problems) {
    CallbackLimits.check(this, problems);
    problems
        .part(JournalConfig.class)
        .ifPresent(journal -> CallbackLimits.check(CallbackLimits.budget(this, journal), problems));
    CallbackPaths.check(paths(), problems);
    problems
        .part(ExternalPathsConfig.class)
        .ifPresent(external ->
            problems.attempt(() ->
                new ExternalPaths(external.externalPaths())
                    .outside(new CallbackPaths(paths())::contain, CallbackRoute.ENDPOINTS)));
    BucketRules.check(rules(), buckets(), problems);
    EventProducer.check(kafka(), problems);
    problems.attempt(() -> new Redaction(this));
    if (problems.roles().publishEvents()) {
      // The package of events, which subscribers copy, knows nothing of problems.
      problems.part(EventsConfig.class).ifPresent(events -> problems.attempt(events::areSigned));
    }
  }
}
