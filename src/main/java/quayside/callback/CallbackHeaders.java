package quayside.callback;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The request headers a callback is judged by, with every occurrence of each. Only {@code
 * Authorization} is proved by the signature; all others are hints. Names are case-insensitive.
 * {@code toString} shows no values.
 */
final class CallbackHeaders {
  static final String AUTHORIZATION = "authorization";
  static final String PUB_KEY_URL = "x-oss-pub-key-url";
  static final String SIGNATURE_VERSION = "x-oss-signature-version";
  static final String BUCKET = "x-oss-bucket";
  static final String OWNER = "x-oss-owner";
  static final String REQUESTER = "x-oss-requester";
  static final String REQUEST_ID = "x-oss-request-id";
  static final String CONTENT_TYPE = "content-type";
  static final String DATE = "date";

  private static final List<String> NAMES =
      List.of(
          AUTHORIZATION,
          PUB_KEY_URL,
          SIGNATURE_VERSION,
          BUCKET,
          OWNER,
          REQUESTER,
          REQUEST_ID,
          CONTENT_TYPE,
          DATE);

  /** Nothing is known. */
  static final CallbackHeaders NONE = of(name -> List.of());

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private CallbackHeaders(Function<String, List<String>> source) {
    for (String name : NAMES) {
      List<String> all = source.apply(name);
      if (!all.isEmpty()) {
        values.put(name, List.copyOf(all));
      }
    }
  }

  /** Picks the headers of interest from a source that gives all values of a lower-case name. */
  static CallbackHeaders of(Function<String, List<String>> source) {
    return new CallbackHeaders(source);
  }

  /** Every occurrence of a header, in order. */
  List<String> all(String name) {
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /**
   * The value of a hint: null when the header is absent, or occurs twice and therefore says
   * nothing.
   */
  @Nullable String hint(String name) {
    List<String> all = all(name);
    return all.size() == 1 ? all.getFirst() : null;
  }

  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
