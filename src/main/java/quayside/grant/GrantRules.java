package quayside.grant;

import static quayside.grant.IssueRefusal.BUCKET_NOT_ALLOWED;
import static quayside.grant.IssueRefusal.KEY_NOT_ALLOWED;
import static quayside.grant.IssueRefusal.LIFETIME_NOT_ALLOWED;
import static quayside.grant.IssueRefusal.REQUEST_INVALID;
import static quayside.grant.IssueRefusal.SIZE_NOT_ALLOWED;
import static quayside.grant.IssueRefusal.SUBJECT_NOT_ALLOWED;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import quayside.grant.signature.SignatureVersion;
import quayside.grant.template.CallbackTemplate;
import quayside.grant.token.Grant;
import quayside.grant.token.GrantId;
import quayside.grant.token.KeyScope;

/** Decides what is granted. What is not allowed by configuration is refused. Thread-safe. */
final class GrantRules {
  private final GrantLimits limits;
  private final RandomGenerator random;
  private final Clock clock;

  GrantRules(GrantLimits limits, RandomGenerator random, Clock clock) {
    this.limits = limits;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Plans the upload that is asked for.
   *
   * @throws NotIssuedException naming the rule that forbids it
   */
  PlannedUpload plan(GrantRequest request, Caller caller) throws NotIssuedException {
    UploadMethod method = Objects.requireNonNullElse(request.method(), UploadMethod.POST);
    String subject = subject(request, caller);
    String bucket = bucket(request);
    BucketRules rules = limits.buckets().get(bucket);
    if (rules == null) {
      throw refused(BUCKET_NOT_ALLOWED, "uploads to bucket %s are not granted", bucket);
    }
    Set<String> contentTypes = contentTypes(request, method);
    long maxSize = maxSize(request, rules);
    Duration validity = validity(request);
    GrantId id = GrantId.random(random);
    KeyScope keys = keys(request, method, id);
    requireAllowed(request, rules, subject);
    try {
      Grant grant =
          new Grant(
              id,
              bucket,
              keys,
              maxSize,
              contentTypes,
              subject,
              clock.instant().plus(validity).plus(limits.uploadTime()));
      return new PlannedUpload(grant, method, version(request), variables(request), validity);
    } catch (IllegalArgumentException e) {
      throw new NotIssuedException(REQUEST_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static String subject(GrantRequest request, Caller caller) throws NotIssuedException {
    String subject = Objects.requireNonNullElse(request.subject(), caller.subject());
    if (!subject.equals(caller.subject()) && !caller.delegate()) {
      throw refused(SUBJECT_NOT_ALLOWED, "%s may not ask in the name of others", caller.subject());
    }
    requireText("subject", subject);
    return subject;
  }

  private String bucket(GrantRequest request) throws NotIssuedException {
    @Nullable String named = request.bucket();
    if (named != null) {
      return named;
    }
    return limits
        .defaultBucket()
        .orElseThrow(() -> refused(REQUEST_INVALID, "bucket must be given: there is no default"));
  }

  /** A form can be for a name that only the uploader knows; a presigned URL is for one key. */
  private static KeyScope keys(GrantRequest request, UploadMethod method, GrantId id)
      throws NotIssuedException {
    @Nullable String key = request.key();
    @Nullable String prefix = request.prefix();
    if ((key == null) == (prefix == null)) {
      throw refused(REQUEST_INVALID, "either key or prefix must be given");
    }
    String beginning = key == null ? prefix : key;
    requireObjectName(beginning);
    try {
      if (key != null) {
        return new KeyScope.Exactly(key);
      }
      return switch (method) {
        case PUT, MULTIPART -> new KeyScope.Exactly(prefix + id);
        case POST -> new KeyScope.Under(prefix + id + "/");
      };
    } catch (IllegalArgumentException e) {
      throw new NotIssuedException(REQUEST_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static void requireAllowed(GrantRequest request, BucketRules rules, String subject)
      throws NotIssuedException {
    String beginning =
        Objects.requireNonNullElse(request.key(), Objects.requireNonNullElse(request.prefix(), ""));
    if (!rules.allow(beginning, subject)) {
      throw refused(KEY_NOT_ALLOWED, "uploads under %s are not granted to %s", beginning, subject);
    }
  }

  /** What OSS does not take as an object name, and what it would replace in a form. */
  private static void requireObjectName(String name) throws NotIssuedException {
    requireText("key or prefix", name);
    if (name.startsWith("/") || name.startsWith("\\") || name.contains("${")) {
      throw refused(REQUEST_INVALID, "key or prefix must not begin with a slash or contain ${");
    }
  }

  private static Set<String> contentTypes(GrantRequest request, UploadMethod method)
      throws NotIssuedException {
    Set<String> types = new LinkedHashSet<>();
    if (request.contentTypes() != null) {
      for (@Nullable String type : request.contentTypes()) {
        types.add(type == null ? "" : type.strip().toLowerCase(Locale.ROOT));
      }
    }
    if (method != UploadMethod.POST && types.size() > 1) {
      throw refused(
          REQUEST_INVALID,
          "contentTypes must be at most one for method %s: a URL pins one",
          method.tag());
    }
    return types;
  }

  private static long maxSize(GrantRequest request, BucketRules rules) throws NotIssuedException {
    @Nullable Long wanted = request.maxSize();
    if (wanted == null) {
      return rules.maxSizeBytes();
    }
    if (wanted > rules.maxSizeBytes()) {
      throw refused(SIZE_NOT_ALLOWED, "maxSize must be at most %d", rules.maxSizeBytes());
    }
    return wanted;
  }

  private Duration validity(GrantRequest request) throws NotIssuedException {
    @Nullable Long seconds = request.expiresIn();
    if (seconds == null) {
      return limits.lifetime();
    }
    if (seconds < 1) {
      throw refused(REQUEST_INVALID, "expiresIn must be at least 1 second");
    }
    if (seconds > limits.maxLifetime().toSeconds()) {
      throw refused(
          LIFETIME_NOT_ALLOWED, "expiresIn must be at most %d", limits.maxLifetime().toSeconds());
    }
    return Duration.ofSeconds(seconds);
  }

  private static SignatureVersion version(GrantRequest request) {
    return request.signatureVersion() == GrantRequest.RequestedVersion.V1
        ? SignatureVersion.V1
        : SignatureVersion.V4;
  }

  private static Map<String, String> variables(GrantRequest request) throws NotIssuedException {
    Map<String, String> variables = Objects.requireNonNullElse(request.variables(), Map.of());
    for (Map.Entry<String, @Nullable String> variable : variables.entrySet()) {
      if (!CallbackTemplate.isVariableName(variable.getKey()) || variable.getValue() == null) {
        throw refused(
            REQUEST_INVALID,
            "variable %s must have a value and a name of up to 64 lower-case letters, digits, _ . and -",
            variable.getKey());
      }
      requireText("variable " + variable.getKey(), variable.getValue());
    }
    return variables;
  }

  /** No control characters, which break forms and headers, and no halves of characters. */
  private static void requireText(String field, String text) throws NotIssuedException {
    boolean readable =
        text.codePoints().noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
    if (!readable) {
      throw refused(REQUEST_INVALID, "%s must not contain control characters", field);
    }
  }

  private static NotIssuedException refused(IssueRefusal reason, String format, Object... values) {
    return new NotIssuedException(reason, format.formatted(values));
  }
}
