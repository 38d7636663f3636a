package quayside.callback;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import quayside.signature.RequestTarget;
import quayside.signature.SignatureRefusedException;

/**
 * Leads callbacks to {@link CallbackResource}, before any framework has decoded or normalised the
 * request target: which paths receive callbacks is configuration, and the raw target is what OSS
 * signed. Every other request passes by, and only when nobody else answers it, a POST, or another
 * method on a callback path, gets our refusal too.
 */
@Singleton
final class CallbackRoute {
  /**
   * Where the resource is; a request that comes here on its own is refused like any unknown path.
   */
  static final String ENTRY = "/quayside-callback-entry";

  /** Before everything that looks at the path; the value itself has no meaning. */
  private static final int FIRST = 1000;

  private static final String RAW_TARGET = CallbackRoute.class.getName() + ".target";
  private static final String LENGTH = CallbackRoute.class.getName() + ".length";
  private static final String METHOD = CallbackRoute.class.getName() + ".method";

  private final CallbackPaths paths;
  private final ExternalPaths externalPaths;

  CallbackRoute(CallbackPaths paths, ExternalPaths externalPaths) {
    this.paths = paths;
    this.externalPaths = externalPaths;
  }

  void beforeOthers(@Observes Filters filters) {
    filters.register(this::admit, FIRST);
  }

  void afterOthers(@Observes Router router) {
    router.route().last().handler(this::refuse);
  }

  /** The request target as OSS dialled it: as it was received, or restored after a proxy. */
  static String rawTarget(RoutingContext request) {
    String kept = request.get(RAW_TARGET);
    return kept == null ? request.request().uri() : kept;
  }

  /** The method as it was received. */
  static HttpMethod method(RoutingContext request) {
    HttpMethod kept = request.get(METHOD);
    return kept == null ? request.request().method() : kept;
  }

  /**
   * The length of the body as it was announced, or 0 when it was not. The server has checked its
   * syntax.
   */
  static long announcedLength(RoutingContext request) {
    Long kept = request.get(LENGTH);
    String header = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    return kept != null ? kept : header == null ? 0 : Long.parseLong(header);
  }

  private void admit(RoutingContext request) {
    if (isLed(request) || request.request().method() != HttpMethod.POST || !isOurs(request)) {
      request.next();
    } else {
      lead(request);
    }
  }

  private void refuse(RoutingContext request) {
    boolean post = request.request().method() == HttpMethod.POST;
    if (!isLed(request) && (post || paths.contain(RequestTarget.rawPath(dialled(request))))) {
      lead(request);
    } else {
      request.next();
    }
  }

  // A target that cannot be parsed is ours: no other part of the service could make sense of it.
  private boolean isOurs(RoutingContext request) {
    try {
      return paths.contain(RequestTarget.parse(dialled(request)).path());
    } catch (SignatureRefusedException unreadable) {
      return true;
    }
  }

  private String dialled(RoutingContext request) {
    return externalPaths.restore(request.request().uri());
  }

  private static boolean isLed(RoutingContext request) {
    return request.get(RAW_TARGET) != null;
  }

  // The framework's own limit, passed on the way back, would refuse a long body in other words than
  // ours.
  private void lead(RoutingContext request) {
    request.put(LENGTH, announcedLength(request));
    request.request().headers().remove(HttpHeaders.CONTENT_LENGTH);
    request.put(RAW_TARGET, dialled(request));
    request.put(METHOD, request.request().method());
    request.reroute(HttpMethod.POST, ENTRY);
  }
}
