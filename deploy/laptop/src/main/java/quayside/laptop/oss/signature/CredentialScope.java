package quayside.laptop.oss.signature;

import quayside.laptop.oss.http.OssException;

/**
 * A V4 credential, {@code <access key id>/<day>/<region>/<product>/aliyun_v4_request}.
 *
 * @param accessKeyId who signs
 * @param day {@code yyyymmdd}
 * @param region without the {@code oss-} prefix
 * @param product {@code oss}
 */
record CredentialScope(String accessKeyId, String day, String region, String product) {
  static final String TERMINATOR = "aliyun_v4_request";

  static CredentialScope parse(String credential) {
    String[] parts = credential.split("/", -1);
    if (parts.length != 5 || !parts[4].equals(TERMINATOR)) {
      throw OssException.invalidArgument(
              "The credential is not <ak>/<day>/<region>/oss/aliyun_v4_request.")
          .with("ArgumentName", "x-oss-credential");
    }
    return new CredentialScope(parts[0], parts[1], parts[2], parts[3]);
  }

  /** Refuses a credential made for another day, region or product than the request is. */
  void requireFor(String date, String expectedRegion) {
    if (!date.startsWith(day) || !region.equals(expectedRegion) || !product.equals("oss")) {
      throw OssException.invalidArgument(
              "The credential's scope must be "
                  + date.substring(0, 8)
                  + "/"
                  + expectedRegion
                  + "/oss.")
          .with("ArgumentName", "x-oss-credential");
    }
  }

  String text() {
    return String.join("/", day, region, product, TERMINATOR);
  }
}
