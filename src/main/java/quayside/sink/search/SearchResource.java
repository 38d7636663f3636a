package quayside.sink.search;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.REASON;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.Problem;

/** Search over HTTP. Works on a virtual thread: the engine is asked with blocking calls. */
@Path("/api/search")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Search", description = "Objects by name, type, time and custom variables")
public class SearchResource {
  private static final Logger LOG = Logger.getLogger(SearchResource.class);
  private static final String RFC_3339 = "date-time";

  private final SearchIndex index;
  private final SearchMetrics metrics;

  SearchResource(SearchIndex index, SearchMetrics metrics) {
    this.index = index;
    this.metrics = metrics;
  }

  /** A page of hits. */
  @GET
  @Operation(
      operationId = "searchObjects",
      summary = "Finds objects",
      description =
          "All conditions must hold. Newest upload first, page by page: send the nextCursor of one page as the"
              + " cursor of the next, with the same conditions. Custom variables are asked for with"
              + " var.<name>=<value>, any number of times.")
  @Parameter(
      name = "q",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING, maxLength = 256),
      description =
          "Words or parts of the object key, in any script; all must match, the last may be unfinished."
              + " Empty matches everything")
  @Parameter(
      name = "bucket",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "Bucket name")
  @Parameter(
      name = "prefix",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "Exact beginning of the key, case-sensitive; fastest together with a bucket")
  @Parameter(
      name = "mimeType",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "image/png, or image/* for all images")
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING, format = RFC_3339),
      description = "Uploaded at this time or later")
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING, format = RFC_3339),
      description = "Uploaded before this time")
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "Hits per page",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "20"))
  @Parameter(
      name = "cursor",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description = "Where to go on: the nextCursor of the page before")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content = @Content(schema = @Schema(implementation = SearchAnswer.class)))
  @APIResponse(
      responseCode = "400",
      description =
          "unknown-parameter, repeated-parameter, bad-text, query-too-long, parameter-too-long,"
              + " bad-mime-type, bad-time, bad-time-range, bad-variable, bad-limit or bad-cursor",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "503",
      description = "search-timeout or search-unavailable",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public SearchAnswer search(UriInfo uri)
      throws SearchTimeoutException, DependencyUnavailableException {
    return SearchAnswer.of(index.search(SearchRequest.parse(uri.getQueryParameters())));
  }

  @ServerExceptionMapper
  RestResponse<Problem> refuse(SearchRequestException e) {
    LOG.debugf("search refused %s", REASON.of(e.refusal().reason()));
    return answer(e.refusal());
  }

  @ServerExceptionMapper
  RestResponse<Problem> timeout(SearchTimeoutException e) {
    LOG.warnf(
        "search failed %s %s",
        REASON.of(SearchRefusal.SEARCH_TIMEOUT.reason()), CAUSE.of(e.getMessage()));
    return answer(SearchRefusal.SEARCH_TIMEOUT);
  }

  @ServerExceptionMapper
  RestResponse<Problem> unavailable(DependencyUnavailableException e) {
    LOG.warnf(
        "search failed %s %s",
        REASON.of(SearchRefusal.SEARCH_UNAVAILABLE.reason()), CAUSE.of(e.getMessage()));
    return answer(SearchRefusal.SEARCH_UNAVAILABLE);
  }

  private RestResponse<Problem> answer(SearchRefusal refusal) {
    metrics.refused(refusal);
    return RestResponse.ResponseBuilder.create(
            RestResponse.Status.fromStatusCode(refusal.status()),
            Problem.of(refusal.reason(), refusal.title(), refusal.status(), refusal.detail()))
        .type(Problem.MEDIA_TYPE)
        .build();
  }
}
