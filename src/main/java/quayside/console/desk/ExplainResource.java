package quayside.console.desk;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import quayside.operate.explain.ExplainDesk;
import quayside.operate.explain.UnreadableCaptureException;
import quayside.sink.Problem;

/**
 * {@code POST /api/explain}: why a captured callback is or is not accepted. Works on a platform
 * thread: it computes, which would keep other virtual threads from going on.
 */
@Path("/api/explain")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Console", description = "What the console asks for, beside catalog and search")
public class ExplainResource {
  /** At once: each may take a processor for a second, and anybody may ask. */
  static final int PARALLELISM = 2;

  /** Less than the management port takes, and far more than the callbacks of usual settings. */
  static final int MAX_CAPTURE_BYTES = 512 * 1024;

  private final ExplainDesk desk;
  private final Semaphore permits = new Semaphore(PARALLELISM);

  ExplainResource(ExplainDesk desk) {
    this.desk = desk;
  }

  /** Explains a capture. */
  @POST
  @Operation(
      operationId = "explainCallback",
      summary = "Says why a captured callback is or is not accepted",
      description =
          "The body is the raw request, or JSON; see explain --help. Grant tokens are masked in the answer.")
  @APIResponse(
      responseCode = "200",
      description = "The explanation, or explanations for a capture of several requests",
      content = @Content(mediaType = MediaType.APPLICATION_JSON))
  @APIResponse(
      responseCode = "400",
      description = "capture-unreadable; 413 capture-too-large; 503 busy",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public String explain(
      @RequestBody(content = @Content(mediaType = MediaType.WILDCARD)) byte[] capture,
      @Parameter(description = "Path prefix that a proxy may have stripped") @QueryParam("prefix")
          List<String> prefixes,
      @Parameter(description = "Path that OSS may have dialled") @QueryParam("path")
          List<String> paths,
      @Parameter(description = "Raw query that OSS may have sent") @QueryParam("query")
          List<String> queries,
      @Parameter(description = "Names of the body's fields with commas between them, in order")
          @QueryParam("field-order")
          List<String> fieldOrders)
      throws UnreadableCaptureException {
    if (capture.length > MAX_CAPTURE_BYTES) {
      throw new DeskRefusedException(
          DeskRefusal.CAPTURE_TOO_LARGE,
          "the capture has more than " + MAX_CAPTURE_BYTES + " bytes");
    }
    if (!permits.tryAcquire()) {
      throw new DeskRefusedException(
          DeskRefusal.BUSY, "others are being explained; try again in a second");
    }
    try {
      return desk.explain(capture, prefixes, paths, queries, fieldOrders);
    } finally {
      permits.release();
    }
  }

  @ServerExceptionMapper
  RestResponse<Problem> unreadable(UnreadableCaptureException failure) {
    return refused(
        new DeskRefusedException(
            DeskRefusal.CAPTURE_UNREADABLE, String.valueOf(failure.getMessage())));
  }

  @ServerExceptionMapper
  RestResponse<Problem> refused(DeskRefusedException failure) {
    return DeskProblemMapper.refused(failure);
  }
}
