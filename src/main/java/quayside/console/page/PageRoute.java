package quayside.console.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.grant.UploadOrigins;
import quayside.role.Role;
import quayside.role.Roles;

/**
 * {@code GET /}: the console, and the files of its page. From memory, so it never blocks. Routes
 * and no resource: one at the root would be asked about every path that nobody knows.
 */
@Singleton
final class PageRoute {
  private static final String FILE = "file";

  private final UploadOrigins origins;

  PageRoute(UploadOrigins origins) {
    this.origins = origins;
  }

  // Read with the start, and not at all in another role.
  void register(@Observes Router router, Roles roles) {
    if (!roles.include(Role.API)) {
      return;
    }
    Page page = Page.read();
    Map<String, String> policy = SecurityPolicy.headers(origins.all());
    get(router, "/").handler(context -> index(context, page, policy));
    get(router, Page.ASSETS + ":" + FILE).handler(context -> file(context, page));
  }

  private static Route get(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private static void index(RoutingContext context, Page page, Map<String, String> policy) {
    String tag = "\"" + page.index().hash() + "\"";
    HttpServerResponse response = context.response();
    policy.forEach(response::putHeader);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache").putHeader(HttpHeaders.ETAG, tag);
    if (tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
    } else {
      send(context, page.index());
    }
  }

  private static void file(RoutingContext context, Page page) {
    @Nullable Asset asset = page.assets().get(context.pathParam(FILE));
    if (asset == null) {
      context.next();
      return;
    }
    context
        .response()
        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
        .putHeader("X-Content-Type-Options", "nosniff");
    send(context, asset);
  }

  private static void send(RoutingContext context, Asset asset) {
    @Nullable String encodings = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    boolean gzip = encodings != null && encodings.contains("gzip");
    HttpServerResponse response = context.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, asset.mediaType())
        .putHeader(HttpHeaders.VARY, "Accept-Encoding");
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    response.end(Buffer.buffer(gzip ? asset.compressed() : asset.content()));
  }
}
