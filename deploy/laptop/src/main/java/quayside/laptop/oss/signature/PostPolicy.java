package quayside.laptop.oss.signature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import quayside.laptop.oss.http.OssException;

/**
 * A PostObject policy: when it ends, and what the form must look like (protocol document, 5.1). A
 * field the policy does not mention is not checked. Immutable.
 *
 * @param expiration the instant after which the policy is void
 * @param conditions all must hold
 */
record PostPolicy(Instant expiration, List<PolicyCondition> conditions) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  PostPolicy {
    conditions = List.copyOf(conditions);
  }

  /**
   * Reads the form field {@code policy}.
   *
   * @throws OssException {@code InvalidPolicyDocument}
   */
  static PostPolicy parse(String base64) {
    try {
      JsonNode policy =
          JSON.readTree(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
      Instant expiration = Instant.parse(policy.path("expiration").asText());
      var conditions = new ArrayList<PolicyCondition>();
      if (!policy.path("conditions").isArray() || policy.path("conditions").isEmpty()) {
        throw invalid("Policy document must contain a non-empty list of conditions.");
      }
      policy.path("conditions").forEach(node -> conditions.addAll(PolicyCondition.parse(node)));
      return new PostPolicy(expiration, conditions);
    } catch (JsonProcessingException e) {
      throw invalid("Policy document is not valid JSON.");
    } catch (DateTimeException e) {
      throw invalid("Policy expiration must be an ISO 8601 time in UTC.");
    } catch (IllegalArgumentException e) {
      throw invalid("Policy is not base64 encoded.");
    }
  }

  static OssException invalid(String message) {
    return new OssException(400, "InvalidPolicyDocument", "Invalid Policy: " + message);
  }
}
