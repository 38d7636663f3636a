package quayside.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every document is one of a kind that is known here, and says nothing that its kind does not know:
 * a misspelt field is otherwise dropped by some servers without a word. KEDA's and Prometheus'
 * kinds are read by {@code npm/strict.mjs}.
 */
class StrictReadingTest {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(new WithoutLeftovers());
  private static final Map<String, Class<?>> KINDS =
      Map.ofEntries(
          Map.entry("v1/ConfigMap", ConfigMap.class),
          Map.entry("v1/Namespace", Namespace.class),
          Map.entry("v1/Secret", Secret.class),
          Map.entry("v1/Service", Service.class),
          Map.entry("v1/ServiceAccount", ServiceAccount.class),
          Map.entry("apps/v1/Deployment", Deployment.class),
          Map.entry("apps/v1/StatefulSet", StatefulSet.class),
          Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
          Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
          Map.entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class));
  private static final Set<String> READ_ELSEWHERE =
      Set.of(
          "keda.sh/v1alpha1/ScaledObject",
          "keda.sh/v1alpha1/TriggerAuthentication",
          "monitoring.coreos.com/v1/ServiceMonitor",
          "monitoring.coreos.com/v1/PrometheusRule");

  static List<Overlay> overlays() {
    return Overlay.all().toList();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyDocument_isReadStrictly(Overlay overlay) {
    List<String> findings = new ArrayList<>();
    overlay.documents().forEach(document -> read(document, findings));

    assertThat(findings).isEmpty();
  }

  /** The reader would find it. */
  @Test
  void misspeltFieldAndWrongType_areFound() throws IOException {
    List<String> findings = new ArrayList<>();
    read(document("{containers: [{name: a, imagePullPolice: Always}]}"), findings);
    read(document("{terminationGracePeriodSeconds: soon}"), findings);

    assertThat(findings).hasSize(2);
    assertThat(findings.getFirst()).contains("imagePullPolice");
    assertThat(findings.getLast()).contains("terminationGracePeriodSeconds");
  }

  private static JsonNode document(String podSpec) throws IOException {
    return Overlay.YAML.readTree(
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec: "
            + podSpec
            + "}}}");
  }

  private static void read(JsonNode document, List<String> findings) {
    String kind = document.path("apiVersion").asText() + "/" + document.path("kind").asText();
    if (READ_ELSEWHERE.contains(kind)) {
      return;
    }
    Class<?> type = KINDS.get(kind);
    if (type == null) {
      findings.add(kind + " is a kind that nothing here reads");
      return;
    }
    try {
      MAPPER.treeToValue(document, type);
    } catch (IOException e) {
      findings.add(Overlay.title(document) + ": " + e.getMessage());
    }
  }

  /** The models keep unknown fields in a map of leftovers; without it, Jackson complains. */
  private static final class WithoutLeftovers extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }
}
