package quayside.grant.signature;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The signed part of a PostObject form.
 *
 * @param url where to send the form
 * @param fields policy, signature and what belongs to them, in order
 * @param expires when OSS begins to refuse it
 */
public record SignedPolicy(URI url, Map<String, String> fields, Instant expires) {
  public SignedPolicy {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
