package quayside.grant.token;

import java.util.Map;

/**
 * What is known of a multipart upload from its grant until its parts are signed. Immutable.
 *
 * @param grant what was granted
 * @param holder who asked for it, and may go on with it beside the grant's subject
 * @param signatureVersion how its requests are signed; a name that the issuer understands
 * @param variables custom variables, without {@code x:}
 */
public record UploadTicket(
    Grant grant, String holder, String signatureVersion, Map<String, String> variables) {
  public UploadTicket {
    variables = Map.copyOf(variables);
  }
}
