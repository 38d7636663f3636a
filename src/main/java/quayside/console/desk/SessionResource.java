package quayside.console.desk;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import quayside.grant.GrantOffer;
import quayside.grant.GrantOffers;
import quayside.grant.access.AcceptedCredentials;
import quayside.grant.access.CallerName;
import quayside.sink.Problem;

/** {@code GET /api/session}: who asks, and what they can do. */
@Path("/api/session")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Console", description = "What the console asks for, beside catalog and search")
public class SessionResource {
  private final SecurityIdentity identity;
  private final Operators operators;
  private final AcceptedCredentials accepted;
  private final GrantOffers offers;

  SessionResource(
      SecurityIdentity identity,
      Operators operators,
      AcceptedCredentials accepted,
      GrantOffers offers) {
    this.identity = identity;
    this.operators = operators;
    this.accepted = accepted;
    this.offers = offers;
  }

  /** Tells it. */
  @GET
  @Operation(
      operationId = "getSession",
      summary = "Who asks, and what they can do",
      description = "By the credentials sent: an API key, a bearer token, or none.")
  @APIResponse(
      responseCode = "200",
      description = "The same for nobody, who has no name",
      content = @Content(schema = @Schema(implementation = Session.class)))
  @APIResponse(
      responseCode = "401",
      description = "unauthenticated: credentials were sent, and they are wrong",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public RestResponse<Session> session() {
    GrantOffer offer = offers.current();
    Session session =
        new Session(
            name(),
            operators.include(identity),
            new Session.Authentication(accepted.apiKeys(), accepted.bearerTokens()),
            new Session.Uploads(
                offer.obstacle() == null, offer.obstacle(), offer.buckets(), offer.maxSizeBytes()));
    return RestResponse.ResponseBuilder.ok(session).header("Cache-Control", "no-store").build();
  }

  private @Nullable String name() {
    // A token without a subject is nobody's.
    if (!identity.isAnonymous() && CallerName.of(identity).isEmpty()) {
      throw operators.unknown();
    }
    return CallerName.of(identity).orElse(null);
  }

  @ServerExceptionMapper
  RestResponse<Problem> refused(DeskRefusedException failure) {
    return DeskProblemMapper.refused(failure);
  }

  @ServerExceptionMapper
  RestResponse<Problem> notAuthenticated(AuthenticationFailedException failure) {
    return DeskProblemMapper.refused(operators.unknown());
  }
}
