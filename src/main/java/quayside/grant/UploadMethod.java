package quayside.grant;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the client is going to upload. */
public enum UploadMethod {
  /** A form, as browsers send it: OSS itself limits size and content type. */
  @JsonProperty("post")
  POST,
  /** A presigned URL: simplest to use; the size is checked only when the callback arrives. */
  @JsonProperty("put")
  PUT,
  /** In parts, for what is large or connections are bad: presigned URLs, in two steps. */
  @JsonProperty("multipart")
  MULTIPART;

  /** The metric tag. */
  String tag() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
