package quayside.callback;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import quayside.signature.ExternalPaths;
import quayside.signature.RequestTarget;
import quayside.signature.SignatureRefusedException;

/**
 * Leads callbacks to {@link CallbackEndpoint}, before any framework has decoded or normalised the
 * request target: which paths receive callbacks is configuration, and the raw target is what OSS
 * signed. Every other request passes by, and only when nobody else answers it, a POST, or another
 * method on a callback path, gets our refusal too.
 */
@Singleton
final class CallbackRoute {
  /** Before everything that looks at the path; the value itself has no meaning. */
  private static final int FIRST = 1000;

  private final CallbackPaths paths;
  private final ExternalPaths externalPaths;
  private final CallbackEndpoint endpoint;

  // What it refuses to swallow stops the start.
  CallbackRoute(CallbackPaths paths, ExternalPaths externalPaths, CallbackEndpoint endpoint) {
    externalPaths.requireOutside(paths::contain, List.of("/api/any", "/q/any"));
    this.paths = paths;
    this.externalPaths = externalPaths;
    this.endpoint = endpoint;
  }

  void beforeOthers(@Observes Filters filters) {
    filters.register(this::admit, FIRST);
  }

  void afterOthers(@Observes Router router) {
    router.route().last().handler(this::refuse);
  }

  // A target that cannot be parsed is ours: no other part of the service could make sense of it.
  private void admit(RoutingContext context) {
    if (context.request().method() != HttpMethod.POST) {
      context.next();
      return;
    }
    try {
      RequestTarget target = RequestTarget.parse(dialled(context));
      if (paths.contain(target.path())) {
        endpoint.receive(context, target);
      } else {
        context.next();
      }
    } catch (SignatureRefusedException unreadable) {
      endpoint.refuse(context, new CallbackRefusedException(unreadable));
    }
  }

  private void refuse(RoutingContext context) {
    if (context.request().method() == HttpMethod.POST) {
      endpoint.refuse(context, new CallbackRefusedException(RefusalReason.UNKNOWN_PATH));
    } else if (paths.contain(RequestTarget.rawPath(dialled(context)))) {
      endpoint.refuse(context, new CallbackRefusedException(RefusalReason.METHOD_NOT_ALLOWED));
    } else {
      context.next();
    }
  }

  private String dialled(RoutingContext context) {
    return externalPaths.restore(context.request().uri());
  }
}
