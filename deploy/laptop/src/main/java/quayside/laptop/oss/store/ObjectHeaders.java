package quayside.laptop.oss.store;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an uploader may attach to an object and gets back with it: content type, the other HTTP
 * content headers, and {@code x-oss-meta-*}.
 *
 * @param contentType the MIME type
 * @param others header to value, canonical names, sorted
 */
public record ObjectHeaders(String contentType, Map<String, String> others) {
  /** What OSS stores when the uploader names no type. */
  public static final String DEFAULT_CONTENT_TYPE = "application/octet-stream";

  private static final String META = "x-oss-meta-";
  private static final Set<String> STORED =
      Set.of(
          "Cache-Control",
          "Content-Disposition",
          "Content-Encoding",
          "Content-Language",
          "Expires");

  public ObjectHeaders {
    others = Map.copyOf(others);
  }

  /** Picks what is stored out of a request's headers or a form's fields; names in any case. */
  public static ObjectHeaders from(Map<String, String> given) {
    var byLowerName = new TreeMap<String, String>();
    given.forEach((name, value) -> byLowerName.put(name.toLowerCase(Locale.ROOT), value));
    var others = new TreeMap<String, String>();
    byLowerName.forEach((name, value) -> {
      if (name.startsWith(META)) {
        others.put(name, value);
      }
    });
    for (String header : STORED) {
      String value = byLowerName.get(header.toLowerCase(Locale.ROOT));
      if (value != null) {
        others.put(header, value);
      }
    }
    String type = byLowerName.getOrDefault("content-type", "");
    return new ObjectHeaders(type.isEmpty() ? DEFAULT_CONTENT_TYPE : type, others);
  }
}
