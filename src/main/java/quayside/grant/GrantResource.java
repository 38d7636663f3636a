package quayside.grant;

import io.quarkus.security.Authenticated;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import quayside.grant.access.AcceptedCredentials;
import quayside.grant.access.ApiKeyMechanism;
import quayside.grant.access.CallerName;

/**
 * {@code POST /api/grants}: permission for one upload, for callers with an API key or a bearer
 * token. Answers 200 with an {@link IssuedGrant}, else a {@link Problem}. {@code POST
 * /api/grants/parts}: the second step of an upload in parts.
 */
@Path("/api/grants")
@Authenticated
public class GrantResource {
  private final GrantDesk desk;
  private final GrantConfig config;
  private final AcceptedCredentials accepted;
  private final SecurityIdentity identity;

  GrantResource(
      GrantDesk desk, GrantConfig config, AcceptedCredentials accepted, SecurityIdentity identity) {
    this.desk = desk;
    this.config = config;
    this.accepted = accepted;
    this.identity = identity;
  }

  /** Issues a grant. */
  @POST
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Permission for one upload straight to OSS")
  public RestResponse<IssuedGrant> issue(
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = GrantRequest.class)))
          byte[] body)
      throws NotIssuedException {
    IssuedGrant issued = desk.issue(body, caller());
    return RestResponse.ResponseBuilder.ok(issued).header("Cache-Control", "no-store").build();
  }

  /** Issues the rest of a multipart upload. */
  @POST
  @Path("parts")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "URLs for the parts of a multipart upload, its end and giving it up",
      description =
          "For a grant of method multipart, once its url has been asked with a POST: the answer of OSS has the uploadId."
              + " Only for the subject of the grant and whoever asked for it.")
  public RestResponse<IssuedParts> issueParts(
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = PartsRequest.class)))
          byte[] body)
      throws NotIssuedException {
    IssuedParts issued = desk.issueParts(body, caller());
    return RestResponse.ResponseBuilder.ok(issued).header("Cache-Control", "no-store").build();
  }

  /** The request was understood and refused. */
  @ServerExceptionMapper
  RestResponse<Problem> refused(NotIssuedException e) {
    return problem(e.reason(), String.valueOf(e.getMessage()));
  }

  /** Nobody asks. */
  @ServerExceptionMapper
  RestResponse<Problem> anonymous(UnauthorizedException e) {
    return unauthenticated("send a bearer token, or an API key in " + ApiKeyMechanism.HEADER);
  }

  /** Somebody asks whom we do not know; why not is none of their business. */
  @ServerExceptionMapper
  RestResponse<Problem> notAuthenticated(AuthenticationFailedException e) {
    return unauthenticated("the bearer token or API key is not valid");
  }

  private RestResponse<Problem> unauthenticated(String detail) {
    return accepted.none()
        ? problem(IssueRefusal.AUTHENTICATION_NOT_CONFIGURED, AcceptedCredentials.HOW_TO_CONFIGURE)
        : problem(IssueRefusal.UNAUTHENTICATED, detail);
  }

  private RestResponse<Problem> problem(IssueRefusal reason, String detail) {
    RestResponse.ResponseBuilder<Problem> response =
        RestResponse.ResponseBuilder.<Problem>create(reason.status())
            .entity(desk.refuse(reason, detail))
            .type(Problem.MEDIA_TYPE);
    if (reason == IssueRefusal.UNAUTHENTICATED) {
      response.header("WWW-Authenticate", "Bearer");
    }
    return response.build();
  }

  private Caller caller() throws NotIssuedException {
    String name =
        CallerName.of(identity)
            .orElseThrow(() ->
                new NotIssuedException(
                    IssueRefusal.UNAUTHENTICATED, "the bearer token names no subject (sub)"));
    boolean delegate =
        identity.getAttribute(ApiKeyMechanism.ATTRIBUTE) != null
            || identity.hasRole(config.delegateRole());
    return new Caller(name, delegate);
  }
}
