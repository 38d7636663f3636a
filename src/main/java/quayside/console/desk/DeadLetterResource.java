package quayside.console.desk;

import io.quarkus.security.Authenticated;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import quayside.operate.redrive.DeadLetterPage;
import quayside.operate.redrive.DeadLetterView;
import quayside.operate.redrive.RedriveOrder;
import quayside.operate.redrive.RedriveProgress;
import quayside.operate.redrive.service.DeadLetterDesk;
import quayside.operate.redrive.service.DeadLetterException;
import quayside.operate.redrive.service.DeadLetterQuery;
import quayside.operate.redrive.service.OrderReader;
import quayside.sink.Problem;

/** Dead letters over HTTP: to look at for everybody, to move back for operators. */
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Console", description = "What the console asks for, beside catalog and search")
public class DeadLetterResource {
  private static final String LINES = "application/x-ndjson";

  private final DeadLetterDesk desk;
  private final Operators operators;
  private final SecurityIdentity identity;

  DeadLetterResource(DeadLetterDesk desk, Operators operators, SecurityIdentity identity) {
    this.desk = desk;
    this.operators = operators;
    this.identity = identity;
  }

  /** A page of dead letters. */
  @GET
  @Operation(
      operationId = "listDeadLetters",
      summary = "Lists dead letters",
      description =
          "By topic, partition and offset; all conditions must hold. A page can be short and have a next one: a request"
              + " looks for a bounded time.")
  @Parameter(
      name = "group",
      in = ParameterIn.QUERY,
      description = "Consumer group that gave them up",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "topic",
      in = ParameterIn.QUERY,
      description = "Topic they were first read from",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "id",
      in = ParameterIn.QUERY,
      description =
          "Event id, or position topic/partition/offset of the dead letter; up to 1,000 times",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(name = "bucket", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
  @Parameter(name = "key", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "prefix",
      in = ParameterIn.QUERY,
      description = "Beginning of the key",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "cause",
      in = ParameterIn.QUERY,
      description = "Stable code",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "Set aside at this time or later",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "Set aside before this time",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "redriven",
      in = ParameterIn.QUERY,
      description = "Also those that were moved back",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
  @Parameter(
      name = "cursor",
      in = ParameterIn.QUERY,
      description = "Where to go on: the nextCursor of the page before",
      schema = @Schema(type = SchemaType.STRING))
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content = @Content(schema = @Schema(implementation = DeadLetterPage.class)))
  @APIResponse(
      responseCode = "400",
      description = "bad-request; 409 busy; 503 kafka-unavailable",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public DeadLetterPage list(UriInfo uri) {
    MultivaluedMap<String, String> given = uri.getQueryParameters();
    return desk.list(DeadLetterQuery.parse(given::getFirst, given.getOrDefault("id", List.of())));
  }

  /** One dead letter. */
  @GET
  @Path("{topic}/{partition}/{offset}")
  @Operation(
      operationId = "getDeadLetter",
      summary = "Shows a dead letter with its headers and value")
  @APIResponse(
      responseCode = "200",
      description = "The dead letter",
      content = @Content(schema = @Schema(implementation = DeadLetterView.class)))
  @APIResponse(
      responseCode = "404",
      description = "dead-letter-not-found; 400 bad-request; 409 busy; 503 kafka-unavailable",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public DeadLetterView show(
      @PathParam("topic") String topic,
      @PathParam("partition") String partition,
      @PathParam("offset") String offset) {
    return desk.show(topic + "/" + partition + "/" + offset);
  }

  /** Moves dead letters back. */
  @POST
  @Path("redrive")
  @Authenticated
  @Produces(LINES)
  @Operation(
      operationId = "redriveDeadLetters",
      summary = "Moves dead letters back",
      description =
          "For operators. Answers with a line of JSON now and then, the last one when all is done; a problem in its"
              + " place if it ended early. The body must be sent as application/json.")
  @APIResponse(
      responseCode = "200",
      description = "How far it is, line by line",
      content =
          @Content(mediaType = LINES, schema = @Schema(implementation = RedriveProgress.class)))
  @APIResponse(
      responseCode = "403",
      description =
          "not-operator; 401 unauthenticated; 415 not-json; 400 bad-request; 409 busy; 503 kafka-unavailable",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public StreamingOutput redrive(
      @HeaderParam("Content-Type") @Parameter(hidden = true) @Nullable String contentType,
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = RedriveRequest.class)))
          byte[] body) {
    String operator = operators.require(identity);
    requireJson(contentType);
    RedriveOrder order =
        OrderReader.read(body, RedriveRequest.class, request -> request.by(operator));
    return output -> desk.redrive(order, new StreamedLines(output));
  }

  /** Forms of other sites can send text and forms, never this. */
  private static void requireJson(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.replaceFirst(";.*", "").strip();
    if (!type.toLowerCase(Locale.ROOT).equals(MediaType.APPLICATION_JSON)) {
      throw new DeskRefusedException(
          DeskRefusal.NOT_JSON, "the body must be sent as " + MediaType.APPLICATION_JSON);
    }
  }

  @ServerExceptionMapper
  RestResponse<Problem> failed(DeadLetterException failure) {
    return DeskProblemMapper.failed(failure);
  }

  @ServerExceptionMapper
  RestResponse<Problem> refused(DeskRefusedException failure) {
    return DeskProblemMapper.refused(failure);
  }

  @ServerExceptionMapper
  RestResponse<Problem> anonymous(UnauthorizedException failure) {
    return DeskProblemMapper.refused(operators.anonymous());
  }

  @ServerExceptionMapper
  RestResponse<Problem> notAuthenticated(AuthenticationFailedException failure) {
    return DeskProblemMapper.refused(operators.unknown());
  }
}
