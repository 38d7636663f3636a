package quayside.grant.signature;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request to be signed, without its body: OSS does not sign the payload. Immutable.
 *
 * @param method HTTP method
 * @param bucket bucket name
 * @param key object key, not encoded
 * @param query parameters, not encoded; an empty value is signed as none
 * @param headers that the client is going to send; names are made lower case, values trimmed
 */
record SignableRequest(
    String method,
    String bucket,
    String key,
    Map<String, String> query,
    Map<String, String> headers) {

  SignableRequest {
    query = Map.copyOf(query);
    SortedMap<String, String> lowerCase = new TreeMap<>();
    headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value.strip()));
    headers = Collections.unmodifiableSortedMap(lowerCase);
  }

  /** What both signature versions call the resource, whatever the host looks like. */
  String resource() {
    return "/" + bucket + "/" + key;
  }

  /** The same request with one more query parameter. */
  SignableRequest with(String name, String value) {
    Map<String, String> more = new TreeMap<>(query);
    more.put(name, value);
    return new SignableRequest(method, bucket, key, more, headers);
  }
}
