package quayside.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Ingress of the manifests as ingress-nginx understands it: of each annotation the directive,
 * of each path a location, and around them what the controller does for every service. Balancer and
 * certificates, which are the controller's own, are left out. Immutable.
 */
final class IngressManifest {
  private static final Path FILE = Path.of("deploy/kubernetes/base/ingress/ingress.yaml");
  private static final String PREFIX = "nginx.ingress.kubernetes.io/";
  private static final YAMLMapper YAML = new YAMLMapper();

  // Annotation to directive, with what the controller puts there without it.
  private static final Map<String, Directive> DIRECTIVES =
      Map.of(
          "proxy-body-size", new Directive("client_max_body_size", "1m", value -> value),
          "proxy-request-buffering", new Directive("proxy_request_buffering", "on", value -> value),
          "proxy-buffering", new Directive("proxy_buffering", "off", value -> value),
          "proxy-http-version", new Directive("proxy_http_version", "1.1", value -> value),
          "proxy-connect-timeout", new Directive("proxy_connect_timeout", "5", s -> s + "s"),
          "proxy-send-timeout", new Directive("proxy_send_timeout", "60", s -> s + "s"),
          "proxy-read-timeout", new Directive("proxy_read_timeout", "60", s -> s + "s"),
          "proxy-next-upstream",
              new Directive("proxy_next_upstream", "error timeout", value -> value),
          "proxy-next-upstream-timeout",
              new Directive("proxy_next_upstream_timeout", "0", value -> value));

  private final JsonNode document;

  private IngressManifest(JsonNode document) {
    this.document = document;
  }

  private record Directive(String name, String usual, UnaryOperator<String> value) {}

  /** As it stands in the repository. */
  static IngressManifest read() {
    try {
      return new IngressManifest(YAML.readTree(FILE.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With another value of an annotation; without it when null. */
  IngressManifest with(String annotation, @Nullable String value) {
    ObjectNode copy = document.deepCopy();
    ObjectNode annotations = (ObjectNode) copy.at("/metadata/annotations");
    if (value == null) {
      annotations.remove(PREFIX + annotation);
    } else {
      annotations.put(PREFIX + annotation, value);
    }
    return new IngressManifest(copy);
  }

  /** With another path in the place of the first. */
  IngressManifest withPath(String path, String pathType) {
    ObjectNode copy = document.deepCopy();
    ObjectNode first = (ObjectNode) copy.at("/spec/rules/0/http/paths/0");
    first.put("path", path).put("pathType", pathType);
    return new IngressManifest(copy);
  }

  /** The value of an annotation, or what holds without it. */
  String annotation(String name) {
    Directive directive = DIRECTIVES.get(name);
    return annotations().getOrDefault(name, directive == null ? "" : directive.usual());
  }

  /**
   * A configuration, with the two variables of the documented one.
   *
   * @throws IllegalArgumentException for an annotation whose directive nobody has said here
   */
  String configuration() {
    for (String name : annotations().keySet()) {
      if (!DIRECTIVES.containsKey(name) && !name.matches("(force-)?ssl-redirect|rewrite-target")) {
        throw new IllegalArgumentException(PREFIX + name + ": its directive is not known here");
      }
    }
    return """
    worker_processes 1;
    pid nginx.pid;
    error_log stderr warn;
    events { worker_connections 1024; }
    http {
      client_body_temp_path temp/body;
      proxy_temp_path temp/proxy;
      fastcgi_temp_path temp/fastcgi;
      uwsgi_temp_path temp/uwsgi;
      scgi_temp_path temp/scgi;
      access_log off;
      client_header_buffer_size 1k;
      large_client_header_buffers 4 8k;
      client_header_timeout 60s;
      client_body_timeout 60s;
      map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
      upstream quayside { server ${QUAYSIDE_UPSTREAM}; keepalive 320; }
      server {
        listen ${QUAYSIDE_LISTEN};
    %s
    %s
        location / { return 404; }
      }
    }
    """
        .formatted(directives(), locations());
  }

  private String directives() {
    return new TreeMap<>(DIRECTIVES)
        .entrySet().stream()
            .map(entry -> {
              Directive directive = entry.getValue();
              return directive.name() + " " + directive.value().apply(annotation(entry.getKey()));
            })
            .collect(Collectors.joining(";\n", "", ";"));
  }

  private String locations() {
    return document
        .at("/spec/rules/0/http/paths")
        .valueStream()
        .map(path -> locations(path.path("path").asText(), path.path("pathType").asText()))
        .collect(Collectors.joining("\n"));
  }

  private String locations(String path, String pathType) {
    String rewrite = annotations().get("rewrite-target");
    if (rewrite != null) {
      // The controller then takes every path for the beginning of a regular expression.
      return location(
          "~* \"^" + path + "\"", "rewrite \"(?i)" + path + "\" " + rewrite + " break;");
    }
    return switch (pathType) {
      case "Exact" -> location("= " + path, "");
      case "Prefix" -> location("= " + path, "") + location(path.replaceAll("/?$", "/"), "");
      default -> throw new IllegalArgumentException("pathType: " + pathType);
    };
  }

  // Without a URI behind the address: the path goes on as it came, unless it was rewritten.
  private String location(String match, String rewrite) {
    return """
    location %s {
      %s
      proxy_set_header Host $http_host;
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Port $server_port;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Original-Forwarded-For $http_x_forwarded_for;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Proxy "";
      proxy_redirect off;
      %s
      proxy_pass http://quayside;
    }
    """
        .formatted(match, isRedirected() ? "return 308 https://$host$request_uri;" : "", rewrite);
  }

  // With a certificate, which overlays add, that is what the controller does unless it is told.
  private boolean isRedirected() {
    return !annotations().getOrDefault("ssl-redirect", "true").equals("false")
        || annotations().getOrDefault("force-ssl-redirect", "false").equals("true");
  }

  private Map<String, String> annotations() {
    Map<String, String> annotations = new TreeMap<>();
    document
        .at("/metadata/annotations")
        .propertyStream()
        .filter(annotation -> annotation.getKey().startsWith(PREFIX))
        .forEach(annotation ->
            annotations.put(
                annotation.getKey().substring(PREFIX.length()), annotation.getValue().asText()));
    return annotations;
  }
}
