package quayside.callback;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.callback.CallbackVerifier.VerifiedCallback;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectUploaded;
import quayside.event.ObjectUploaded.Image;
import quayside.event.ObjectUploaded.Verification;
import quayside.event.VerificationLevel;
import quayside.grant.token.VerifiedGrant;
import quayside.signature.SignatureCheck;

/**
 * Translates a proven callback into the event, by the configured names of body fields. What the
 * body does not say about the object is taken from the grant. Thread-safe.
 */
final class ObjectUploadedFactory {
  private final CallbackConfig.Fields names;
  private final VariableNames variables;
  private final String region;
  private final Clock clock;
  private final SequenceGenerator sequence;

  ObjectUploadedFactory(CallbackConfig config, Clock clock) {
    this.names = config.fields();
    this.variables = VariableNames.of(config);
    this.region = config.region().orElse("-");
    this.clock = clock;
    this.sequence = new SequenceGenerator(clock);
  }

  /** The event of a callback received now. */
  CloudEvent<ObjectUploaded> create(
      VerifiedCallback callback, SignedReport report, Optional<VerifiedGrant> grant) {
    String signedRequestId = report.requestId();
    String hintedRequestId = OssValues.requestId(callback.hint(CallbackHeaders.REQUEST_ID));
    String requestId = signedRequestId != null ? signedRequestId : hintedRequestId;
    ObjectUploaded data = data(callback, report, grant, requestId);
    Instant received = clock.instant();
    return new CloudEvent<>(
        signedRequestId != null ? signedRequestId : EventIdentity.of(callback, grant),
        "acs:oss:" + region + ":" + orDash(data.owner()) + ":" + orDash(data.bucket()),
        EventType.OBJECT_UPLOADED_V1,
        data.key(),
        UploadTime.of(requestId, callback.hint(CallbackHeaders.DATE), received),
        received,
        data.namesObject() ? data.bucket() + "/" + data.key() : null,
        sequence.next(),
        IngestPath.CALLBACK,
        null,
        data);
  }

  private ObjectUploaded data(
      VerifiedCallback callback,
      SignedReport report,
      Optional<VerifiedGrant> grant,
      @Nullable String requestId) {
    FieldPicker fields = report.rest();
    return new ObjectUploaded(
        bucket(callback, report, grant),
        key(report, grant),
        fields.take(names.etag(), OssValues::etag),
        report.upload().sizeBytes(),
        fields.take(names.crc64(), OssValues::crc64),
        fields.take(names.contentMd5(), OssValues::text),
        report.upload().contentType(),
        image(fields),
        fields.take(names.operation(), OssValues::text),
        requestId,
        OssValues.account(callback.hint(CallbackHeaders.OWNER)),
        OssValues.account(callback.hint(CallbackHeaders.REQUESTER)),
        fields.take(names.clientIp(), OssValues::text),
        fields.take(names.vpcId(), OssValues::text),
        fields.takeAll(variables::contain),
        fields.rest(),
        verification(callback, grant));
  }

  // The header is not signed, so it counts only when all that is are silent.
  private static @Nullable String bucket(
      VerifiedCallback callback, SignedReport report, Optional<VerifiedGrant> grant) {
    if (report.namesBucket()) {
      return report.upload().bucket();
    }
    String header = callback.hint(CallbackHeaders.BUCKET);
    return grant
        .map(VerifiedGrant::bucket)
        .orElseGet(() -> header == null ? null : OssValues.bucket(header));
  }

  private static @Nullable String key(SignedReport report, Optional<VerifiedGrant> grant) {
    String key = report.upload().key();
    return key != null ? key : grant.flatMap(VerifiedGrant::exactKey).orElse(null);
  }

  private static Verification verification(
      VerifiedCallback callback, Optional<VerifiedGrant> grant) {
    return new Verification(
        grant.isPresent() ? VerificationLevel.GRANT : VerificationLevel.SIGNATURE,
        callback.keyUrl(),
        SignatureCheck.VERSION_1,
        grant.map(granted -> granted.id().text()).orElse(null),
        grant.map(VerifiedGrant::subject).orElse(null),
        List.of());
  }

  private @Nullable Image image(FieldPicker fields) {
    Integer width = fields.take(names.imageWidth(), OssValues::pixels);
    Integer height = fields.take(names.imageHeight(), OssValues::pixels);
    String format = fields.take(names.imageFormat(), OssValues::text);
    boolean isImage = width != null || height != null || format != null;
    return isImage ? new Image(width, height, format) : null;
  }

  private static String orDash(@Nullable String value) {
    return Objects.requireNonNullElse(value, "-");
  }
}
