package quayside.console.preview;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import quayside.console.ConsoleRefusal;
import quayside.console.ConsoleRequestException;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.sink.ObjectPath;
import quayside.sink.Problem;

/** The pictures of thumbnails; reads only. */
@Path("/api/thumbnails")
@RunOnVirtualThread
@Tag(name = "Thumbnails", description = "Thumbnails of objects, as pictures")
public class ThumbnailResource {
  private static final String RESOURCE = "/api/thumbnails/";

  /** A thumbnail of a version never changes. */
  private static final String FOR_EVER = "private, max-age=31536000, immutable";

  private static final String ASK_AGAIN = "private, no-cache";

  private final Previews previews;

  ThumbnailResource(Previews previews) {
    this.previews = previews;
  }

  /** One thumbnail. */
  @GET
  @Path("{bucket}/{key:.+}")
  @Operation(
      operationId = "getThumbnail",
      summary = "Shows a thumbnail of an object",
      description =
          "Of the version that the catalog knows, and only what the catalog lists. With etag it is that version's or"
              + " none, and may be kept for ever.")
  @APIResponse(
      responseCode = "200",
      description = "The picture, of at most 4 MiB",
      content =
          @Content(
              mediaType = "image/*",
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "304", description = "It is the one that If-None-Match names")
  @APIResponse(
      responseCode = "400",
      description = "bad-path",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "404",
      description = "thumbnail-not-found",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "503",
      description = "oss-unavailable, catalog-unavailable or busy",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @Parameter(name = "bucket", description = "Bucket name")
  @Parameter(name = "key", description = "Object key")
  public Response thumbnail(
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @Parameter(description = "Name of the preset; any without") @QueryParam("preset")
          @Nullable String preset,
      @Parameter(description = "Media type; without, image/webp where there is one")
          @QueryParam("type")
          @Nullable String type,
      @Parameter(description = "ETag of the object's version") @QueryParam("etag")
          @Nullable String etag,
      @Context HttpServerRequest target,
      @Context Request request) {
    ObjectPath object =
        ObjectPath.parse(target.uri(), RESOURCE, "")
            .orElseThrow(() -> new ConsoleRequestException(ConsoleRefusal.BAD_PATH));
    Previews.Wish wish = new Previews.Wish(given(etag), given(preset), given(type));
    Thumbnail thumbnail = previews.find(object, wish);
    EntityTag tag = new EntityTag(ContentName.of(thumbnail));
    Response.@Nullable ResponseBuilder same = request.evaluatePreconditions(tag);
    return (same == null ? picture(thumbnail.mimeType(), previews.read(thumbnail)) : same)
        .tag(tag)
        .header("Cache-Control", wish.etag() == null ? ASK_AGAIN : FOR_EVER)
        .build();
  }

  // Whatever the bytes are, the browser shows a picture or nothing.
  private static Response.ResponseBuilder picture(String mimeType, byte[] content) {
    return Response.ok(content)
        .type(mimeType)
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "sandbox; default-src 'none'");
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
