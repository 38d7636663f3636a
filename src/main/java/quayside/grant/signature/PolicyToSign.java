package quayside.grant.signature;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a PostObject form must look like to be accepted. Immutable.
 *
 * @param bucket where the form may be sent
 * @param conditions all must hold; the bucket's is added
 * @param validity how long the form is good, at most seven days (the service's limit for V4)
 */
public record PolicyToSign(String bucket, List<PolicyCondition> conditions, Duration validity) {
  private static final DateTimeFormatter MILLISECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  public PolicyToSign {
    conditions = List.copyOf(conditions);
    if (validity.toSeconds() < 1 || validity.compareTo(RequestToSign.MAX_VALIDITY) > 0) {
      throw new IllegalArgumentException(
          "validity " + validity + " must be from 1 second to 7 days");
    }
  }

  PolicyToSign with(List<PolicyCondition> more) {
    List<PolicyCondition> all = new ArrayList<>(conditions);
    all.addAll(more);
    return new PolicyToSign(bucket, all, validity);
  }

  /** The form field {@code policy}: the document as Base64. */
  String encoded(Instant expires) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("expiration", MILLISECOND.format(expires));
    var list = document.putArray("conditions");
    list.addObject().put("bucket", bucket);
    conditions.forEach(condition -> list.add(condition.toJson()));
    return Base64.getEncoder().encodeToString(document.toString().getBytes(StandardCharsets.UTF_8));
  }
}
