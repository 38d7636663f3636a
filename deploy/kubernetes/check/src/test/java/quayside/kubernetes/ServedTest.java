package quayside.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.kubernetes.Overlay.list;
import static quayside.kubernetes.Overlay.title;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ports, paths and keys of secrets that documents name are those that the application has. */
class ServedTest {
  private static final Map<String, String> PATHS =
      Map.of(
          "startupProbe", "/q/health/started",
          "readinessProbe", "/q/health/ready",
          "livenessProbe", "/q/health/live");
  private static final Map<String, Integer> PORTS = Map.of("http", 8080, "management", 9001);

  static List<Overlay> overlays() {
    return Overlay.all().toList();
  }

  /** What our images listen on, as configured, or as they do by themselves. */
  @ParameterizedTest
  @MethodSource("overlays")
  void namedPorts_areListenedOn(Overlay overlay) {
    assertThat(ports(overlay)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void probesAndScrapes_askForWhatIsServed(Overlay overlay) {
    assertThat(paths(overlay)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void routes_leadToPortsOfTheirServices(Overlay overlay) {
    assertThat(routes(overlay)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void secretKeys_areThereOrDocumented(Overlay overlay) {
    assertThat(secretKeys(overlay)).isEmpty();
  }

  /** What whoever installs writes into a secret is a setting that the service has. */
  @Test
  void documentedVariables_areSettings() {
    assertThat(DocumentedSecrets.read().variables())
        .hasSizeGreaterThan(6)
        .isSubsetOf(DocumentedSecrets.settings());
  }

  /** One of each kind, misspelt. */
  @Test
  void whatIsNotServed_isFound() {
    Overlay wrong =
        new Overlay(
            "wrong",
            Overlay.named("production").documents().stream()
                .<JsonNode>map(JsonNode::deepCopy)
                .toList());
    JsonNode container = wrong.workloads().getFirst().at("/spec/template/spec/containers/0");
    ((ObjectNode) container.at("/ports/0")).put("containerPort", 8081);
    ((ObjectNode) container.at("/readinessProbe/httpGet")).put("path", "/q/health/redy");
    wrong.workloads().stream()
        .flatMap(workload -> workload.findValues("secretKeyRef").stream())
        .limit(1)
        .forEach(reference -> ((ObjectNode) reference).put("key", "sasl.jaas.conf"));
    wrong
        .of("Ingress")
        .forEach(route ->
            route.findValues("port").forEach(port -> ((ObjectNode) port).put("name", "https")));

    assertThat(ports(wrong)).singleElement().asString().contains("8081");
    assertThat(paths(wrong)).singleElement().asString().contains("redy");
    assertThat(secretKeys(wrong)).singleElement().asString().contains("sasl.jaas.conf");
    assertThat(routes(wrong)).isNotEmpty().allMatch(finding -> finding.endsWith("https"));
  }

  private static List<String> ports(Overlay overlay) {
    List<String> findings = new ArrayList<>();
    for (JsonNode workload : overlay.workloads()) {
      ourContainers(workload)
          .flatMap(container -> list(container, "/ports").stream())
          .filter(port -> !listened(overlay, port))
          .forEach(port -> findings.add(title(workload) + " " + port));
    }
    return findings;
  }

  private static boolean listened(Overlay overlay, JsonNode port) {
    String name = port.path("name").asText();
    String key =
        name.equals("management") ? "quarkus.management.port" : "quarkus." + name + ".port";
    Pattern setting = Pattern.compile("(?m)^" + Pattern.quote(key) + "=(\\d+)$");
    int configured =
        overlay.of("ConfigMap").stream()
            .flatMap(map -> map.path("data").valueStream())
            .map(file -> setting.matcher(file.asText()))
            .filter(Matcher::find)
            .map(found -> Integer.parseInt(found.group(1)))
            .findFirst()
            .orElse(PORTS.getOrDefault(name, 0));
    return port.path("containerPort").asInt() == configured;
  }

  private static List<String> paths(Overlay overlay) {
    List<String> findings = new ArrayList<>();
    for (JsonNode workload : overlay.workloads()) {
      ourContainers(workload)
          .forEach(container ->
              PATHS.forEach((probe, path) -> {
                JsonNode asked = container.at("/" + probe + "/httpGet");
                if (!asked.path("path").asText().equals(path)
                    || !asked.path("port").asText().equals("management")) {
                  findings.add(title(workload) + " " + probe + " " + asked);
                }
              }));
    }
    for (JsonNode monitor : overlay.of("ServiceMonitor")) {
      list(monitor, "/spec/endpoints").stream()
          .filter(endpoint -> !endpoint.path("path").asText().equals("/q/metrics"))
          .forEach(endpoint -> findings.add(title(monitor) + " " + endpoint));
    }
    return findings;
  }

  private static List<String> routes(Overlay overlay) {
    List<String> findings = new ArrayList<>();
    for (JsonNode route : overlay.of("Ingress")) {
      for (JsonNode backend : route.findValues("service")) {
        String port = backend.at("/port/name").asText();
        boolean there =
            overlay.of("Service").stream()
                .filter(service -> service.at("/metadata/name").equals(backend.path("name")))
                .flatMap(service -> list(service, "/spec/ports").stream())
                .anyMatch(one -> one.path("name").asText().equals(port));
        if (!there) {
          findings.add(title(route) + " leads to " + backend.path("name").asText() + " " + port);
        }
      }
    }
    return findings;
  }

  private static List<String> secretKeys(Overlay overlay) {
    DocumentedSecrets documented = DocumentedSecrets.read();
    List<String> findings = new ArrayList<>();
    for (JsonNode document : overlay.documents()) {
      Stream<JsonNode> references =
          Stream.concat(
              document.findValues("secretKeyRef").stream(),
              list(document, "/spec/secretTargetRef").stream());
      references.forEach(reference ->
          check(overlay, documented, document, reference.path("name"), reference, findings));
      for (JsonNode volume : list(document, "/spec/template/spec/volumes")) {
        list(volume, "/secret/items")
            .forEach(item ->
                check(
                    overlay,
                    documented,
                    document,
                    volume.at("/secret/secretName"),
                    item,
                    findings));
      }
    }
    return findings;
  }

  private static void check(
      Overlay overlay,
      DocumentedSecrets documented,
      JsonNode document,
      JsonNode secret,
      JsonNode keyed,
      List<String> findings) {
    String name = secret.asText();
    String key = keyed.path("key").asText();
    boolean contained =
        overlay.of("Secret").stream()
            .filter(one -> one.at("/metadata/name").asText().equals(name))
            .anyMatch(one -> one.path("data").has(key) || one.path("stringData").has(key));
    if (!contained && !documented.has(name, key)) {
      findings.add(title(document) + " wants " + key + " of Secret/" + name);
    }
  }

  private static Stream<JsonNode> ourContainers(JsonNode workload) {
    return list(workload, "/spec/template/spec/containers").stream()
        .filter(container ->
            container.path("image").asText().matches("(.*/)?quayside(-ingress)?(:.*)?"));
  }
}
