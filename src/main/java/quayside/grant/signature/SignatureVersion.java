package quayside.grant.signature;

/** How OSS requests are signed. */
public enum SignatureVersion {
  /** HMAC-SHA1 over a short list of headers. Kept for old clients. */
  V1,
  /** HMAC-SHA256 with a key for one day and region ({@code OSS4-HMAC-SHA256}). */
  V4
}
