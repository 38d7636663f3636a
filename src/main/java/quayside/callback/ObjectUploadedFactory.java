package quayside.callback;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quayside.callback.CallbackVerifier.VerifiedCallback;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectUploaded;
import quayside.event.ObjectUploaded.Image;
import quayside.event.ObjectUploaded.Verification;
import quayside.event.VerificationLevel;

/**
 * Translates a proven callback into the event, by the configured names of body fields. Thread-safe.
 */
final class ObjectUploadedFactory {
  private static final String VARIABLE = "x:";

  private final CallbackConfig.Fields names;
  private final List<String> variables;
  private final String region;
  private final Clock clock;
  private final SequenceGenerator sequence;

  ObjectUploadedFactory(CallbackConfig config, Clock clock) {
    this.names = config.fields();
    this.variables = config.variables().orElse(List.of());
    this.region = config.region().orElse("-");
    this.clock = clock;
    this.sequence = new SequenceGenerator(clock);
  }

  /** The event of a callback received now. */
  CloudEvent<ObjectUploaded> create(VerifiedCallback callback, CallbackBody body) {
    FieldPicker fields = new FieldPicker(body);
    String signedRequestId = fields.take(names.requestId(), OssValues::requestId);
    String hintedRequestId = OssValues.requestId(callback.hint(CallbackHeaders.REQUEST_ID));
    String requestId = signedRequestId != null ? signedRequestId : hintedRequestId;
    ObjectUploaded data = data(callback, fields, requestId);
    Instant received = clock.instant();
    return new CloudEvent<>(
        signedRequestId != null ? signedRequestId : EventIdentity.of(callback),
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
      VerifiedCallback callback, FieldPicker fields, @Nullable String requestId) {
    return new ObjectUploaded(
        bucket(callback, fields),
        fields.take(names.object(), OssValues::key),
        fields.take(names.etag(), OssValues::etag),
        fields.take(names.size(), OssValues::size),
        fields.take(names.crc64(), OssValues::crc64),
        fields.take(names.contentMd5(), OssValues::text),
        fields.take(names.mimeType(), OssValues::text),
        image(fields),
        fields.take(names.operation(), OssValues::text),
        requestId,
        OssValues.account(callback.hint(CallbackHeaders.OWNER)),
        OssValues.account(callback.hint(CallbackHeaders.REQUESTER)),
        fields.take(names.clientIp(), OssValues::text),
        fields.take(names.vpcId(), OssValues::text),
        variables(fields),
        fields.rest(),
        new Verification(
            VerificationLevel.SIGNATURE, callback.keyUrl(), CallbackVerifier.VERSION_1));
  }

  // The header is not signed, so it counts only when the body is silent.
  private @Nullable String bucket(VerifiedCallback callback, FieldPicker fields) {
    boolean named = fields.namesAny(names.bucket());
    String bucket = fields.take(names.bucket(), OssValues::bucket);
    String header = callback.hint(CallbackHeaders.BUCKET);
    return named || header == null ? bucket : OssValues.bucket(header);
  }

  private @Nullable Image image(FieldPicker fields) {
    Integer width = fields.take(names.imageWidth(), OssValues::pixels);
    Integer height = fields.take(names.imageHeight(), OssValues::pixels);
    String format = fields.take(names.imageFormat(), OssValues::text);
    boolean isImage = width != null || height != null || format != null;
    return isImage ? new Image(width, height, format) : null;
  }

  private Map<String, String> variables(FieldPicker fields) {
    return fields.takeAll(name ->
        name.startsWith(VARIABLE)
            || variables.stream().anyMatch(pattern -> matches(pattern, name)));
  }

  private static boolean matches(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }

  private static String orDash(@Nullable String value) {
    return Objects.requireNonNullElse(value, "-");
  }
}
