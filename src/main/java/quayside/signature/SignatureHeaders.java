package quayside.signature;

import java.util.List;

/**
 * The headers that carry the signature, each with all its occurrences: one that is repeated says
 * nothing.
 *
 * @param authorization values of {@code Authorization}
 * @param pubKeyUrl values of {@code x-oss-pub-key-url}
 * @param version values of {@code x-oss-signature-version}
 */
public record SignatureHeaders(
    List<String> authorization, List<String> pubKeyUrl, List<String> version) {

  /** Copies the lists. */
  public SignatureHeaders {
    authorization = List.copyOf(authorization);
    pubKeyUrl = List.copyOf(pubKeyUrl);
    version = List.copyOf(version);
  }
}
