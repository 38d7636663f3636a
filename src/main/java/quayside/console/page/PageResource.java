package quayside.console.page;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;
import quayside.grant.UploadOrigins;
import quayside.role.Role;
import quayside.role.Roles;

/** {@code GET /}: the console, and the files of its page. From memory, so it never blocks. */
@Path("/")
@Singleton
@NonBlocking
public class PageResource {
  private final Page page = Page.read();
  private final Map<String, String> policy;

  PageResource(UploadOrigins origins) {
    this.policy = SecurityPolicy.headers(page, origins.all());
  }

  // Read with the start, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, Instance<PageResource> resource) {
    if (roles.include(Role.API)) {
      resource.get();
    }
  }

  /** The page. */
  @GET
  @Operation(hidden = true)
  public RestResponse<byte[]> index(
      @HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String encodings,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
    String tag = "\"" + page.index().hash() + "\"";
    ResponseBuilder<byte[]> answer =
        tag.equals(known)
            ? ResponseBuilder.create(RestResponse.Status.NOT_MODIFIED)
            : content(page.index(), encodings);
    policy.forEach(answer::header);
    return answer.header(HttpHeaders.CACHE_CONTROL, "no-cache").header("ETag", tag).build();
  }

  /** A file of the page, by its hashed name. */
  @GET
  @Path("console/{file}")
  @Operation(hidden = true)
  public RestResponse<byte[]> file(
      @PathParam("file") String file,
      @HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String encodings) {
    @Nullable Asset asset = page.assets().get(file);
    if (asset == null) {
      throw new NotFoundException();
    }
    return content(asset, encodings)
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  private static ResponseBuilder<byte[]> content(Asset asset, @Nullable String encodings) {
    boolean gzip = encodings != null && encodings.contains("gzip");
    ResponseBuilder<byte[]> answer =
        ResponseBuilder.ok(gzip ? asset.compressed() : asset.content())
            .header(HttpHeaders.CONTENT_TYPE, asset.mediaType())
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    return gzip ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip") : answer;
  }
}
