package quayside.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.kubernetes.Overlay.list;
import static quayside.kubernetes.Overlay.title;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every workload keeps to: the restricted Pod Security Standard, limits, probes, no
 * credentials of the cluster; and what the production overlay keeps to beside.
 */
class PolicyTest {
  static List<Overlay> overlays() {
    return Overlay.all().toList();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void pods_areRestricted(Overlay overlay) {
    List<String> findings = new ArrayList<>();
    for (JsonNode workload : overlay.workloads()) {
      JsonNode pod = workload.at("/spec/template/spec");
      check(
          findings, workload, "runAsNonRoot", pod.at("/securityContext/runAsNonRoot").asBoolean());
      check(findings, workload, "runAsUser", pod.at("/securityContext/runAsUser").asInt() > 0);
      check(
          findings,
          workload,
          "seccompProfile",
          pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"));
      check(
          findings,
          workload,
          "automountServiceAccountToken: false",
          pod.has("automountServiceAccountToken")
              && !pod.path("automountServiceAccountToken").asBoolean());
      check(
          findings, workload, "no host namespaces", !pod.has("hostNetwork") && !pod.has("hostPID"));
      check(findings, workload, "no host paths", pod.findValues("hostPath").isEmpty());
      list(pod, "/containers").forEach(container -> restricted(findings, workload, container));
    }

    assertThat(findings).isEmpty();
  }

  private static void restricted(List<String> findings, JsonNode workload, JsonNode container) {
    JsonNode security = container.path("securityContext");
    check(
        findings,
        workload,
        "allowPrivilegeEscalation: false",
        security.has("allowPrivilegeEscalation")
            && !security.path("allowPrivilegeEscalation").asBoolean());
    check(
        findings,
        workload,
        "drop ALL",
        security.at("/capabilities/drop").toString().equals("[\"ALL\"]"));
    check(findings, workload, "adds no capability", security.at("/capabilities/add").isEmpty());
  }

  /** Of our own images; those of others write where they like. */
  @ParameterizedTest
  @MethodSource("overlays")
  void ourContainers_haveReadOnlyRoots(Overlay overlay) {
    List<String> findings = new ArrayList<>();
    for (JsonNode workload : overlay.workloads()) {
      list(workload, "/spec/template/spec/containers").stream()
          .filter(container -> container.path("image").asText().contains("quayside"))
          .forEach(container ->
              check(
                  findings,
                  workload,
                  "readOnlyRootFilesystem",
                  container.at("/securityContext/readOnlyRootFilesystem").asBoolean()));
    }

    assertThat(findings).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void containers_haveLimitsAndProbes(Overlay overlay) {
    List<String> findings = new ArrayList<>();
    for (JsonNode workload : overlay.workloads()) {
      for (JsonNode container : list(workload, "/spec/template/spec/containers")) {
        for (String resource : List.of("cpu", "memory")) {
          for (String bound : List.of("requests", "limits")) {
            check(
                findings,
                workload,
                bound + " of " + resource,
                container.at("/resources/" + bound).has(resource));
          }
        }
        check(findings, workload, "readinessProbe", container.has("readinessProbe"));
      }
      check(
          findings,
          workload,
          "livenessProbe",
          list(workload, "/spec/template/spec/containers").getFirst().has("livenessProbe"));
    }

    assertThat(findings).isEmpty();
  }

  /** A StatefulSet's own claims apart, whatever a container may write to is bounded. */
  @ParameterizedTest
  @MethodSource("overlays")
  void emptyDirectories_areBounded(Overlay overlay) {
    assertThat(overlay.workloads())
        .flatExtracting(workload -> workload.findValues("emptyDir"))
        .allMatch(directory -> directory.has("sizeLimit"));
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void namespace_enforcesTheRestrictedStandard(Overlay overlay) {
    assertThat(overlay.of("Namespace"))
        .singleElement()
        .satisfies(namespace ->
            assertThat(
                    namespace.at("/metadata/labels/pod-security.kubernetes.io~1enforce").asText())
                .isEqualTo("restricted"));
  }

  @Test
  void production_pinsImages() {
    assertThat(Overlay.named("production").workloads())
        .flatExtracting(workload -> list(workload, "/spec/template/spec/containers"))
        .extracting(container -> container.path("image").asText())
        .allMatch(image -> image.matches(".+/.+:.+") && !image.endsWith(":latest"));
  }

  @Test
  void production_holdsNoSecret() {
    assertThat(Overlay.named("production").of("Secret")).isEmpty();
  }

  @Test
  void production_spreadsAndProtectsEveryWorkload() {
    Overlay production = Overlay.named("production");
    List<JsonNode> budgets = production.of("PodDisruptionBudget");

    assertThat(production.workloads())
        .allSatisfy(workload -> {
          assertThat(list(workload, "/spec/template/spec/topologySpreadConstraints"))
              .extracting(constraint -> constraint.path("topologyKey").asText())
              .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
          assertThat(budgets)
              .anyMatch(budget ->
                  budget
                      .at("/spec/selector/matchLabels/app.kubernetes.io~1component")
                      .equals(component(workload)));
        });
  }

  /** Replicas in the manifest would undo the scaler's decision with every apply. */
  @Test
  void production_leavesReplicasToTheScalers() {
    Overlay production = Overlay.named("production");
    Set<String> scaled = new TreeSet<>();
    production
        .of("HorizontalPodAutoscaler", "ScaledObject")
        .forEach(scaler -> scaled.add(scaler.at("/spec/scaleTargetRef/name").asText()));

    assertThat(scaled).hasSize(6);
    assertThat(production.workloads())
        .filteredOn(workload -> scaled.contains(workload.at("/metadata/name").asText()))
        .hasSize(6)
        .noneMatch(workload -> workload.path("spec").has("replicas"));
  }

  @Test
  void production_deniesByDefault() {
    Overlay production = Overlay.named("production");
    JsonNode everyPod =
        production.of("NetworkPolicy").stream()
            .filter(policy -> title(policy).endsWith("/quayside-default-deny"))
            .findFirst()
            .orElseThrow();

    assertThat(everyPod.at("/spec/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
    assertThat(everyPod.path("spec").has("ingress") || everyPod.path("spec").has("egress"))
        .isFalse();
    assertThat(production.workloads())
        .allMatch(workload ->
            workload
                .at("/spec/template/metadata/labels/app.kubernetes.io~1name")
                .equals(everyPod.at("/spec/podSelector/matchLabels/app.kubernetes.io~1name")));
  }

  /** The part that the internet reaches must not become a way to the database or out again. */
  @Test
  void ingress_reachesOnlyKafkaTheTraceCollectorAndNames() {
    List<JsonNode> egress =
        Overlay.named("production").of("NetworkPolicy").stream()
            .filter(
                policy -> policy.at("/spec/podSelector").toString().contains("quayside-ingress"))
            .flatMap(policy -> list(policy, "/spec/egress").stream())
            .toList();

    assertThat(egress)
        .flatExtracting(rule -> list(rule, "/ports"))
        .extracting(port -> port.path("port").asInt())
        .containsExactlyInAnyOrder(9092, 9093, 4317);
    assertThat(egress).allMatch(rule -> rule.has("to"));
  }

  private static JsonNode component(JsonNode workload) {
    return workload.at("/spec/template/metadata/labels/app.kubernetes.io~1component");
  }

  private static void check(List<String> findings, JsonNode workload, String rule, boolean kept) {
    if (!kept) {
      findings.add(title(workload) + ": " + rule);
    }
  }
}
