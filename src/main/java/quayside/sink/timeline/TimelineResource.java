package quayside.sink.timeline;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.REASON;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.ObjectPath;
import quayside.sink.Problem;

/** The timeline over HTTP; reads only. */
@Path("/api/objects/{bucket}/{key:.+}/timeline")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Timeline", description = "What happened to an object")
public class TimelineResource {
  static final int MAX_LIMIT = 500;
  private static final int DEFAULT_LIMIT = 100;
  private static final String SUFFIX = "/timeline";
  private static final String REFUSALS = "quayside.timeline.refusals";
  private static final Logger LOG = Logger.getLogger(TimelineResource.class);

  private final TimelineStore store;
  private final MeterRegistry metrics;

  TimelineResource(TimelineStore store, MeterRegistry metrics) {
    this.store = store;
    this.metrics = metrics;
    for (TimelineRefusal refusal : TimelineRefusal.values()) {
      Counter.builder(REFUSALS)
          .description("Requests for a timeline that were refused")
          .tag("reason", refusal.reason())
          .register(metrics);
    }
  }

  // Made with the application, and not at all in another role.
  static void begin(
      @Observes StartupEvent started, Roles roles, Instance<TimelineResource> resource) {
    if (roles.include(Role.API)) {
      resource.get().begin();
    }
  }

  void begin() {}

  /** A page of an object's timeline. */
  @GET
  @Operation(
      operationId = "getTimeline",
      summary = "Tells what happened to an object",
      description =
          "Events, what they came to in each sink, retries, dead letters and redrives, newest last, page by page. An"
              + " object nobody has heard of has no entries. To see the object whose key ends in /timeline instead,"
              + " encode that slash (%2F).")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content = @Content(schema = @Schema(implementation = TimelinePage.class)))
  @APIResponse(
      responseCode = "400",
      description = "bad-path, bad-limit or bad-cursor",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "503",
      description = "timeline-unavailable",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @Parameter(name = "bucket", description = "Bucket name")
  @Parameter(name = "key", description = "Object key")
  public TimelinePage timeline(
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @Parameter(
              description = "Entries per page",
              schema = @Schema(minimum = "1", maximum = "500", defaultValue = "100"))
          @QueryParam("limit")
          @Nullable String limit,
      @Parameter(description = "Where to go on: the nextCursor of the page before")
          @QueryParam("cursor")
          @Nullable String cursor,
      @Context HttpServerRequest request)
      throws DependencyUnavailableException {
    ObjectPath object =
        ObjectPath.parse(request.uri(), SUFFIX)
            .filter(path -> TimelineStore.isStorable(path.bucket(), path.key()))
            .orElseThrow(() -> new TimelineRequestException(TimelineRefusal.BAD_PATH));
    TimelineCursor after =
        cursor == null || cursor.isEmpty()
            ? TimelineCursor.START
            : TimelineCursor.parse(cursor)
                .orElseThrow(() -> new TimelineRequestException(TimelineRefusal.BAD_CURSOR));
    int most = limit(limit);
    return TimelinePage.of(store.page(object.bucket(), object.key(), after, most + 1), most);
  }

  @ServerExceptionMapper
  RestResponse<Problem> refused(TimelineRequestException failure) {
    return answer(failure.refusal());
  }

  @ServerExceptionMapper
  RestResponse<Problem> unavailable(DependencyUnavailableException failure) {
    LOG.warnf(
        "timeline not readable %s %s",
        REASON.of(TimelineRefusal.TIMELINE_UNAVAILABLE.reason()), CAUSE.of(failure.getMessage()));
    return answer(TimelineRefusal.TIMELINE_UNAVAILABLE);
  }

  private RestResponse<Problem> answer(TimelineRefusal refusal) {
    metrics.counter(REFUSALS, "reason", refusal.reason()).increment();
    return ResponseBuilder.<Problem>create(refusal.status())
        .type(Problem.MEDIA_TYPE)
        .entity(Problem.of(refusal.reason(), refusal.title(), refusal.status(), refusal.detail()))
        .build();
  }

  private static int limit(@Nullable String text) {
    try {
      int limit = text == null || text.isEmpty() ? DEFAULT_LIMIT : Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // As any other number that is out of range.
    }
    throw new TimelineRequestException(TimelineRefusal.BAD_LIMIT);
  }
}
