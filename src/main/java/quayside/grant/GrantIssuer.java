package quayside.grant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.grant.signature.PolicyCondition;
import quayside.grant.signature.PolicyCondition.Equal;
import quayside.grant.signature.PolicySigner;
import quayside.grant.signature.PolicyToSign;
import quayside.grant.signature.PresignedRequest;
import quayside.grant.signature.RequestToSign;
import quayside.grant.signature.SignedPolicy;
import quayside.grant.signature.UrlPresigner;
import quayside.grant.template.CallbackTemplate;
import quayside.grant.template.CallbackTooLongException;
import quayside.grant.template.CompiledCallback;
import quayside.grant.token.Grant;
import quayside.grant.token.GrantTokens;
import quayside.grant.token.KeyScope;
import quayside.grant.token.UploadTicket;

/** Makes what a client needs for one upload. Thread-safe. */
final class GrantIssuer {
  /** The type of uploads that may have any: the URL pins one, so that clients know what to send. */
  private static final String ANY_TYPE = "application/octet-stream";

  private final GrantRules rules;
  private final GrantTokens tokens;
  private final CallbackTemplate template;
  private final UrlPresigner presigner;
  private final PolicySigner policies;
  private final MultipartIssuer multipart;

  GrantIssuer(
      GrantRules rules,
      GrantTokens tokens,
      CallbackTemplate template,
      UrlPresigner presigner,
      PolicySigner policies,
      MultipartIssuer multipart) {
    this.rules = rules;
    this.tokens = tokens;
    this.template = template;
    this.presigner = presigner;
    this.policies = policies;
    this.multipart = multipart;
  }

  /**
   * Issues a grant.
   *
   * @throws NotIssuedException naming the rule that forbids it
   */
  IssuedGrant issue(GrantRequest request, Caller caller) throws NotIssuedException {
    PlannedUpload upload = rules.plan(request, caller);
    // Also for an upload in parts, which needs it later: what is too long is too long now.
    CompiledCallback callback = callback(upload.grant(), upload.variables());
    return switch (upload.method()) {
      case POST -> form(upload, callback);
      case PUT -> presignedUrl(upload, callback);
      case MULTIPART -> beginning(upload, caller);
    };
  }

  /**
   * Issues the rest of a multipart upload.
   *
   * @throws NotIssuedException naming the rule that forbids it
   */
  IssuedParts issue(PartsRequest request, Caller caller) throws NotIssuedException {
    UploadTicket ticket = multipart.verify(request, caller);
    return multipart.parts(request, ticket, callback(ticket.grant(), ticket.variables()));
  }

  private CompiledCallback callback(Grant grant, Map<String, String> variables)
      throws NotIssuedException {
    try {
      return template.compile(tokens.mint(grant), variables);
    } catch (CallbackTooLongException e) {
      throw new NotIssuedException(IssueRefusal.CALLBACK_TOO_LONG, String.valueOf(e.getMessage()));
    }
  }

  private static String contentType(Grant grant) {
    return grant.contentTypes().isEmpty() ? ANY_TYPE : grant.contentTypes().iterator().next();
  }

  private IssuedGrant beginning(PlannedUpload upload, Caller caller) {
    PresignedRequest signed = multipart.begin(upload, contentType(upload.grant()));
    String curl = CurlExample.begin(signed.url().toString(), signed.headers());
    return issued(upload, signed, curl, multipart.ticket(upload, caller));
  }

  private IssuedGrant presignedUrl(PlannedUpload upload, CompiledCallback callback) {
    Grant grant = upload.grant();
    RequestToSign put =
        RequestToSign.put(
            grant.bucket(),
            grant.keys().text(),
            Map.of("content-type", contentType(grant)),
            callback.query(),
            upload.validity());
    PresignedRequest signed = presigner.presign(put, upload.version());
    String curl = CurlExample.put(signed.url().toString(), signed.headers());
    return issued(upload, signed, curl, null);
  }

  private static IssuedGrant issued(
      PlannedUpload upload, PresignedRequest signed, String curl, @Nullable String token) {
    Grant grant = upload.grant();
    return new IssuedGrant(
        grant.id().text(),
        upload.method(),
        grant.bucket(),
        grant.keys().text(),
        signed.url().toString(),
        Map.of(),
        signed.headers(),
        List.copyOf(grant.contentTypes()),
        grant.maxSizeBytes(),
        signed.expires(),
        curl,
        token);
  }

  private IssuedGrant form(PlannedUpload upload, CompiledCallback callback) {
    Grant grant = upload.grant();
    String key = formKey(grant.keys());
    Map<String, String> pinned = pinnedFields(grant, callback);
    PolicyToSign policy =
        new PolicyToSign(grant.bucket(), conditions(grant, pinned), upload.validity());
    SignedPolicy signed = policies.sign(policy, upload.version());
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("key", key);
    fields.putAll(pinned);
    fields.putAll(signed.fields());
    String url = signed.url().toString();
    return new IssuedGrant(
        grant.id().text(),
        upload.method(),
        grant.bucket(),
        key,
        url,
        fields,
        Map.of(),
        List.copyOf(grant.contentTypes()),
        grant.maxSizeBytes(),
        signed.expires(),
        CurlExample.form(url, withChosenType(grant, fields)),
        null);
  }

  /** The uploader's file name stands for the rest of the key; OSS fills it in. */
  private static String formKey(KeyScope keys) {
    return switch (keys) {
      case KeyScope.Exactly(String key) -> key;
      case KeyScope.Under(String prefix) -> prefix + "${filename}";
    };
  }

  /**
   * Fields whose only possible value we know. What a policy does not mention, a client may change.
   */
  private static Map<String, String> pinnedFields(Grant grant, CompiledCallback callback) {
    Map<String, String> pinned = new LinkedHashMap<>();
    if (grant.contentTypes().size() == 1) {
      pinned.putAll(typeFields(grant.contentTypes().iterator().next()));
    }
    pinned.put("success_action_status", "200");
    pinned.put("callback", callback.parameter());
    pinned.putAll(callback.variables());
    return pinned;
  }

  private static List<PolicyCondition> conditions(Grant grant, Map<String, String> pinned) {
    List<PolicyCondition> conditions = new ArrayList<>();
    conditions.add(
        switch (grant.keys()) {
          case KeyScope.Exactly(String key) -> new Equal("key", key);
          case KeyScope.Under(String prefix) -> new PolicyCondition.StartsWith("key", prefix);
        });
    conditions.add(new PolicyCondition.LengthRange(0, grant.maxSizeBytes()));
    if (grant.contentTypes().size() > 1) {
      List<String> types = List.copyOf(grant.contentTypes());
      typeFields("")
          .keySet()
          .forEach(field -> conditions.add(new PolicyCondition.In(field, types)));
    }
    pinned.forEach((field, value) -> conditions.add(new Equal(field, value)));
    return conditions;
  }

  /**
   * The content type in every field that decides it: OSS prefers {@code x-oss-content-type} to the
   * type in the file's own part, and that to {@code content-type} (documentation of PostObject), so
   * one condition alone can be evaded.
   */
  private static Map<String, String> typeFields(String type) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("content-type", type);
    fields.put("x-oss-content-type", type);
    return fields;
  }

  private static Map<String, String> withChosenType(Grant grant, Map<String, String> fields) {
    Map<String, String> chosen = new LinkedHashMap<>(fields);
    grant.contentTypes().stream().findFirst().ifPresent(type -> chosen.putAll(typeFields(type)));
    return chosen;
  }
}
