package quayside.grant;

import java.time.Duration;
import java.util.Map;
import quayside.grant.signature.SignatureVersion;
import quayside.grant.token.Grant;

/**
 * A request that the rules allow.
 *
 * @param grant what is granted
 * @param method how it is going to be uploaded
 * @param version how it is signed
 * @param variables custom variables, without {@code x:}
 * @param validity how long the signature is good
 */
record PlannedUpload(
    Grant grant,
    UploadMethod method,
    SignatureVersion version,
    Map<String, String> variables,
    Duration validity) {
  PlannedUpload {
    variables = Map.copyOf(variables);
  }
}
