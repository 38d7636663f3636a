package quayside.callback;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
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
  /** Paths of our own that no proxy's rule may turn into a callback. */
  static final List<String> ENDPOINTS = List.of("/api/any", "/q/any");

  private final CallbackPaths paths;
  private final ExternalPaths externalPaths;
  private final CallbackEndpoint endpoint;

  CallbackRoute(CallbackPaths paths, ExternalPaths externalPaths, CallbackEndpoint endpoint) {
    this.paths = paths;
    this.externalPaths = externalPaths;
    this.endpoint = endpoint;
  }

  /**
   * Before all other routes. A target that cannot be parsed is ours: no other part of the service
   * could make sense of it.
   */
  void admit(RoutingContext context) {
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

  /** After all other routes. */
  void refuse(RoutingContext context) {
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
