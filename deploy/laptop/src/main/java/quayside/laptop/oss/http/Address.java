package quayside.laptop.oss.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request is about: nothing (the service), a bucket, or an object in a bucket.
 *
 * @param bucket the bucket's name, or null for the service itself
 * @param key the object's key, decoded, or null when the request is about the bucket
 */
public record Address(@Nullable String bucket, @Nullable String key) {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern OSS_HOST =
      Pattern.compile("[^.]+\\.oss-[a-z0-9-]+(-internal)?\\.aliyuncs\\.com");

  /** Longest key in UTF-8 bytes (OSS documentation: 1 to 1,023). */
  private static final int MAX_KEY_BYTES = 1023;

  public Address {
    if (key != null) {
      requireUsable(key);
    }
  }

  /**
   * Finds bucket and key. In turn: virtual-host style when the first label of the host is one of
   * our buckets (or the host is of OSS's own form); path style when the first path segment is one
   * of our buckets; otherwise the default bucket, the first in the list, as for a host of the
   * user's own (CNAME). That holds for IP addresses too, because ali-oss leaves the bucket out of
   * V4 presigned URLs there; only the bare root of an address is the service itself.
   *
   * @throws OssException when the key is not a usable object name
   */
  public static Address of(String hostHeader, String rawPath, List<String> buckets) {
    String host = hostHeader.replaceFirst(":[0-9]*$", "");
    String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
    int dot = host.indexOf('.');
    if (dot > 0 && (buckets.contains(host.substring(0, dot)) || OSS_HOST.matcher(host).matches())) {
      return inBucket(host.substring(0, dot), path);
    }
    int slash = path.indexOf('/');
    String first = slash < 0 ? path : path.substring(0, slash);
    if (buckets.contains(first)) {
      return inBucket(first, slash < 0 ? "" : path.substring(slash + 1));
    }
    return path.isEmpty() && isAddress(host)
        ? new Address(null, null)
        : inBucket(buckets.getFirst(), path);
  }

  private static boolean isAddress(String host) {
    return host.isEmpty() || host.startsWith("[") || IPV4.matcher(host).matches();
  }

  private static Address inBucket(String bucket, String rawKey) {
    try {
      String key = Percent.decode(rawKey);
      return new Address(bucket, key.isEmpty() ? null : key);
    } catch (IllegalArgumentException e) {
      throw new OssException(400, "InvalidObjectName", "The specified object is not valid.");
    }
  }

  private static void requireUsable(String key) {
    if (key.startsWith("/") || key.startsWith("\\")) {
      throw new OssException(400, "InvalidObjectName", "The specified object is not valid.");
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
      throw new OssException(
          400, "InvalidObjectName", "The Length of Object name must be less than 1024.");
    }
  }

  /**
   * The other reading of an address taken for the default bucket: the key's first segment as the
   * bucket's name.
   */
  public Optional<Address> asPathStyle() {
    if (key == null) {
      return Optional.empty();
    }
    int slash = key.indexOf('/');
    String rest = slash < 0 ? "" : key.substring(slash + 1);
    return Optional.of(
        new Address(slash < 0 ? key : key.substring(0, slash), rest.isEmpty() ? null : rest));
  }

  /**
   * {@code /bucket/key}, {@code /bucket/} or {@code /}: the resource as both signature versions
   * name it, unencoded.
   */
  public String resource() {
    return bucket == null ? "/" : "/" + bucket + "/" + (key == null ? "" : key);
  }
}
