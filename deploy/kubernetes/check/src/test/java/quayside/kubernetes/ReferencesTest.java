package quayside.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.kubernetes.Overlay.list;
import static quayside.kubernetes.Overlay.title;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a document names exists: a reference into nothing is seen only by a pod that never
 * starts.
 */
class ReferencesTest {
  private static final Pattern SECRET_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");

  static List<Overlay> overlays() {
    return Overlay.all().toList();
  }

  /** Secrets are made by whoever installs (README.md lists them), or by Strimzi. */
  @ParameterizedTest
  @MethodSource("overlays")
  void configMapsAndSecrets_existOrAreDocumented(Overlay overlay) throws IOException {
    Set<String> configMaps = names(overlay.of("ConfigMap"));
    Set<String> secrets = names(overlay.of("Secret"));
    secrets.addAll(documentedSecrets());
    List<String> missing = new ArrayList<>();
    for (JsonNode workload : overlay.workloads()) {
      workload
          .findValues("configMapRef")
          .forEach(ref -> require(workload, "ConfigMap", ref.path("name"), configMaps, missing));
      workload
          .findValues("configMapKeyRef")
          .forEach(ref -> require(workload, "ConfigMap", ref.path("name"), configMaps, missing));
      workload
          .findValues("configMap")
          .forEach(ref -> require(workload, "ConfigMap", ref.path("name"), configMaps, missing));
      workload
          .findValues("secretRef")
          .forEach(ref -> require(workload, "Secret", ref.path("name"), secrets, missing));
      workload
          .findValues("secretKeyRef")
          .forEach(ref -> require(workload, "Secret", ref.path("name"), secrets, missing));
      workload
          .findValues("secretName")
          .forEach(name -> require(workload, "Secret", name, secrets, missing));
    }
    for (JsonNode authentication : overlay.of("TriggerAuthentication")) {
      list(authentication, "/spec/secretTargetRef")
          .forEach(ref -> require(authentication, "Secret", ref.path("name"), secrets, missing));
    }

    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void volumesAndServiceAccounts_exist(Overlay overlay) {
    Set<String> accounts = names(overlay.of("ServiceAccount"));
    List<String> missing = new ArrayList<>();
    for (JsonNode workload : overlay.workloads()) {
      JsonNode pod = workload.at("/spec/template/spec");
      if (pod.has("serviceAccountName")) {
        require(workload, "ServiceAccount", pod.path("serviceAccountName"), accounts, missing);
      }
      Set<String> volumes = new HashSet<>();
      list(pod, "/volumes").forEach(volume -> volumes.add(volume.path("name").asText()));
      list(workload, "/spec/volumeClaimTemplates")
          .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
      pod.findValues("volumeMounts").stream()
          .flatMap(JsonNode::valueStream)
          .forEach(mount -> require(workload, "volume", mount.path("name"), volumes, missing));
    }

    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void services_selectPodsThatHaveTheirPorts(Overlay overlay) {
    List<String> wrong = new ArrayList<>();
    for (JsonNode service : overlay.of("Service")) {
      List<JsonNode> selected =
          overlay.workloads().stream()
              .filter(workload -> selects(service.at("/spec/selector"), workload))
              .toList();
      if (selected.size() != 1) {
        wrong.add(title(service) + " selects " + selected.size() + " workloads");
      }
      for (JsonNode port : list(service, "/spec/ports")) {
        selected.stream()
            .filter(workload -> !ports(workload).contains(port.path("targetPort").asText()))
            .forEach(w -> wrong.add(title(service) + " wants a port that " + title(w) + " lacks"));
      }
    }

    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void probes_useNamedPorts(Overlay overlay) {
    List<String> wrong = new ArrayList<>();
    for (JsonNode workload : overlay.workloads()) {
      for (JsonNode container : list(workload, "/spec/template/spec/containers")) {
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
          JsonNode action = container.path(probe);
          Stream.of(action.at("/httpGet/port"), action.at("/tcpSocket/port"))
              .filter(port -> !port.isMissingNode() && !ports(workload).contains(port.asText()))
              .forEach(port -> wrong.add(title(workload) + " " + probe + " " + port));
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void networkPolicies_nameNamedPorts(Overlay overlay) {
    Set<String> named =
        overlay.workloads().stream().flatMap(w -> ports(w).stream()).collect(Collectors.toSet());
    List<String> wrong = new ArrayList<>();
    for (JsonNode policy : overlay.of("NetworkPolicy")) {
      policy.findValues("port").stream()
          .filter(JsonNode::isTextual)
          .filter(port -> !named.contains(port.asText()))
          .forEach(port -> wrong.add(title(policy) + " " + port));
    }

    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void scalersBudgetsAndRoutes_haveTheirTargets(Overlay overlay) {
    Set<String> workloads = titles(overlay.workloads());
    Set<String> services = names(overlay.of("Service"));
    List<String> missing = new ArrayList<>();
    for (JsonNode scaler : overlay.of("HorizontalPodAutoscaler", "ScaledObject")) {
      JsonNode target = scaler.at("/spec/scaleTargetRef");
      String wanted = target.path("kind").asText("Deployment") + "/" + target.path("name").asText();
      if (!workloads.contains(wanted)) {
        missing.add(title(scaler) + " scales " + wanted);
      }
    }
    for (JsonNode budget : overlay.of("PodDisruptionBudget")) {
      JsonNode labels = budget.at("/spec/selector/matchLabels");
      if (overlay.workloads().stream().filter(w -> selects(labels, w)).count() != 1) {
        missing.add(title(budget) + " protects no workload, or several");
      }
    }
    for (JsonNode route : overlay.of("Ingress")) {
      route.findValues("service").stream()
          .map(service -> service.path("name").asText())
          .filter(name -> !services.contains(name))
          .forEach(name -> missing.add(title(route) + " leads to Service/" + name));
    }
    for (JsonNode set : overlay.of("StatefulSet")) {
      require(set, "Service", set.at("/spec/serviceName"), services, missing);
    }

    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void metricsOfEveryPod_areScraped(Overlay overlay) {
    for (JsonNode monitor : overlay.of("ServiceMonitor")) {
      JsonNode wanted = monitor.at("/spec/selector/matchLabels");
      List<JsonNode> scraped =
          overlay.of("Service").stream()
              .filter(service -> contains(service.at("/metadata/labels"), wanted))
              .toList();
      for (JsonNode workload : overlay.workloads()) {
        assertThat(scraped)
            .as("services through which %s is scraped", title(workload))
            .filteredOn(service -> selects(service.at("/spec/selector"), workload))
            .hasSize(1);
      }
      Set<String> ports =
          scraped.stream()
              .flatMap(service -> list(service, "/spec/ports").stream())
              .map(port -> port.path("name").asText())
              .collect(Collectors.toSet());
      assertThat(list(monitor, "/spec/endpoints"))
          .allMatch(endpoint -> ports.contains(endpoint.path("port").asText()));
    }
  }

  private static Set<String> documentedSecrets() throws IOException {
    Matcher row = SECRET_ROW.matcher(Files.readString(Path.of("../README.md")));
    return row.results().map(match -> match.group(1)).collect(Collectors.toSet());
  }

  private static void require(
      JsonNode user, String kind, JsonNode name, Set<String> known, List<String> missing) {
    // A volume's own "configMap" has a name, a claim's has not.
    if (!name.isMissingNode() && !known.contains(name.asText())) {
      missing.add(title(user) + " wants " + kind + "/" + name.asText());
    }
  }

  private static boolean selects(JsonNode selector, JsonNode workload) {
    return !selector.isEmpty() && contains(workload.at("/spec/template/metadata/labels"), selector);
  }

  private static boolean contains(JsonNode labels, JsonNode wanted) {
    return wanted
        .propertyStream()
        .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
  }

  private static Set<String> ports(JsonNode workload) {
    return list(workload, "/spec/template/spec/containers").stream()
        .flatMap(container -> list(container, "/ports").stream())
        .map(port -> port.path("name").asText())
        .collect(Collectors.toSet());
  }

  private static Set<String> names(List<JsonNode> documents) {
    return documents.stream()
        .map(document -> document.at("/metadata/name").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> titles(List<JsonNode> documents) {
    return documents.stream().map(Overlay::title).collect(Collectors.toSet());
  }
}
