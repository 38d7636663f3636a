package quayside.sink.catalog;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.persistence.PersistenceException;
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
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import quayside.sink.ObjectPath;
import quayside.sink.Problem;

/** The catalog over HTTP; reads only. */
@Path("/api/objects")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Catalog", description = "The newest known state of every object")
public class CatalogResource {
  private final CatalogReader reader;
  private final CatalogProblemMapper problems;

  CatalogResource(CatalogReader reader, CatalogProblemMapper problems) {
    this.reader = reader;
    this.problems = problems;
  }

  /** A page of objects. */
  @GET
  @Operation(
      operationId = "listObjects",
      summary = "Lists objects",
      description =
          "Page by page: send the nextCursor of one page as the cursor of the next, with the same order and filters. An"
              + " empty parameter is as if it were not there.")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content = @Content(schema = @Schema(implementation = CatalogPage.class)))
  @APIResponse(
      responseCode = "400",
      description = "bad-filter, bad-limit, bad-order or bad-cursor",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "503",
      description = "catalog-unavailable",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public CatalogPage list(
      @Parameter(description = "Only objects of this bucket") @QueryParam("bucket")
          @Nullable String bucket,
      @Parameter(description = "Only keys that begin with this; fastest together with a bucket")
          @QueryParam("prefix")
          @Nullable String prefix,
      @Parameter(
              description =
                  "newest: latest upload first; key: by bucket and key, in which a walk sees every object exactly once",
              schema =
                  @Schema(
                      enumeration = {"newest", "key"},
                      defaultValue = "newest"))
          @QueryParam("order")
          @Nullable String order,
      @Parameter(
              description = "Objects per page",
              schema = @Schema(minimum = "1", maximum = "500", defaultValue = "50"))
          @QueryParam("limit")
          @Nullable String limit,
      @Parameter(description = "Where to go on: the nextCursor of the page before")
          @QueryParam("cursor")
          @Nullable String cursor) {
    return reader.page(ListRequest.parse(bucket, prefix, order, limit, cursor));
  }

  /** One object. */
  @GET
  @Path("{bucket}/{key:.+}")
  @Operation(
      operationId = "getObject",
      summary = "Shows an object with its thumbnails",
      description =
          "The key may be sent with its slashes as they are. Encode it as one segment (%2F) when it has empty or dot"
              + " segments, which many clients and proxies would fold.")
  @APIResponse(
      responseCode = "200",
      description = "The object",
      content = @Content(schema = @Schema(implementation = CatalogObject.class)))
  @APIResponse(
      responseCode = "404",
      description = "object-not-found or object-deleted",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "400",
      description = "bad-path",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @Parameter(name = "bucket", description = "Bucket name")
  @Parameter(name = "key", description = "Object key")
  public CatalogObject get(
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @Context HttpServerRequest request) {
    ObjectName name =
        ObjectPath.parse(request.uri(), "")
            .map(path -> new ObjectName(path.bucket(), path.key()))
            .orElseThrow(() -> new CatalogRequestException(CatalogRefusal.BAD_PATH));
    return reader
        .find(name)
        .orElseThrow(() -> new CatalogRequestException(CatalogRefusal.OBJECT_NOT_FOUND));
  }

  @ServerExceptionMapper
  RestResponse<Problem> refused(CatalogRequestException failure) {
    return problems.refused(failure);
  }

  @ServerExceptionMapper
  RestResponse<Problem> failed(PersistenceException failure) {
    return problems.failed(failure);
  }
}
