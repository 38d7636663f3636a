package quayside.laptop.oss.signature;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.http.Query;

/**
 * OSS signature version 1: base64 of HMAC-SHA1 over verb, Content-MD5, Content-Type, date (or
 * expiry), the {@code x-oss-*} headers and the resource with its sub-resources, all unencoded.
 * Stateless.
 */
final class SignatureV1 {
  /** Query parameters that take part as sub-resources: the list of the official SDK for Java. */
  private static final Set<String> SUB_RESOURCES =
      Set.of(
          ("acl uploads location cors logging website referer lifecycle delete append tagging objectMeta uploadId"
                  + " partNumber security-token position response-cache-control response-content-disposition"
                  + " response-content-encoding response-content-language response-content-type response-expires img"
                  + " style styleName replication replicationProgress replicationLocation cname bucketInfo comp qos"
                  + " live status vod startTime endTime processConfiguration symlink stat udf udfName udfImage"
                  + " udfImageDesc udfApplication udfApplicationLog restore versions versioning versionId encryption"
                  + " policy requestPayment qosInfo asyncFetch sequential vpcip vip inventory inventoryId"
                  + " continuation-token worm wormId wormExtend callback callback-var transferAcceleration metaQuery"
                  + " resourceGroup regionList bucketArchiveDirectRead httpsConfig publicAccessBlock policyStatus"
                  + " redundancyTransition accessPoint accessPointPolicy seal cloudboxes cleanRestoredObject")
              .split(" "));

  private SignatureV1() {}

  /**
   * The string to sign; {@code date} is the date header's value or, in a presigned URL, the expiry.
   */
  static String stringToSign(OssRequest request, String date) {
    return String.join(
            "\n",
            request.method(),
            request.header("content-md5").orElse(""),
            request.header("content-type").orElse(""),
            date,
            "")
        + canonicalHeaders(request.headers())
        + request.address().resource()
        + subResources(request.query());
  }

  static String sign(String secret, String stringToSign) {
    return Base64.getEncoder().encodeToString(Hmac.sha1(secret, stringToSign));
  }

  private static String canonicalHeaders(Map<String, List<String>> headers) {
    var lines = new StringBuilder();
    new TreeMap<>(headers)
        .forEach((name, values) -> {
          if (name.startsWith("x-oss-")) {
            lines.append(name).append(':').append(String.join(",", values)).append('\n');
          }
        });
    return lines.toString();
  }

  private static String subResources(Query query) {
    var sorted = new TreeMap<String, String>();
    for (Query.Parameter parameter : query.parameters()) {
      if (SUB_RESOURCES.contains(parameter.name()) || parameter.name().startsWith("x-oss-")) {
        sorted.put(parameter.name(), parameter.value());
      }
    }
    var text = new StringBuilder();
    sorted.forEach((name, value) -> {
      text.append(text.isEmpty() ? '?' : '&').append(name);
      if (!value.isEmpty()) {
        text.append('=').append(value);
      }
    });
    return text.toString();
  }
}
