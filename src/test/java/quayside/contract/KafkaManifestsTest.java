package quayside.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import quayside.contract.AsyncApi.Topic;

/** The manifests create the topics of the contract, and Strimzi knows every word in them. */
class KafkaManifestsTest {

  @Test
  void topics_areThoseOfTheContract() {
    Map<String, Topic> created =
        KafkaManifests.topics().stream()
            .collect(
                Collectors.toMap(
                    topic -> topic.getMetadata().getName(), KafkaManifestsTest::topic));

    assertThat(new TreeMap<>(created)).isEqualTo(AsyncApi.current().topics());
  }

  /** Unknown words are kept by Strimzi's classes and ignored by Strimzi. */
  @Test
  void manifests_haveOnlyWordsThatStrimziKnows() {
    List<Object> unknown = new ArrayList<>();
    for (KafkaTopic topic : KafkaManifests.topics()) {
      unknown.addAll(topic.getAdditionalProperties().keySet());
      unknown.addAll(topic.getSpec().getAdditionalProperties().keySet());
    }
    for (KafkaUser user : KafkaManifests.users()) {
      unknown.addAll(user.getAdditionalProperties().keySet());
      unknown.addAll(user.getSpec().getAdditionalProperties().keySet());
      unknown.addAll(user.getSpec().getAuthentication().getAdditionalProperties().keySet());
      unknown.addAll(user.getSpec().getAuthorization().getAdditionalProperties().keySet());
      for (AclRule rule : acls(user)) {
        unknown.addAll(rule.getAdditionalProperties().keySet());
        unknown.addAll(rule.getResource().getAdditionalProperties().keySet());
      }
    }

    assertThat(unknown).isEmpty();
  }

  @Test
  void everyManifest_isOfTheSameClusterAndVersion() {
    assertThat(KafkaManifests.all())
        .allSatisfy(manifest -> {
          assertThat(manifest.path("kind").asText()).isIn("KafkaTopic", "KafkaUser");
          assertThat(manifest.path("apiVersion").asText()).isEqualTo("kafka.strimzi.io/v1");
          assertThat(manifest.at("/metadata/labels/strimzi.io~1cluster").asText())
              .isEqualTo("quayside");
        });
  }

  @Test
  void kustomization_namesEveryFile() {
    List<String> named = new ArrayList<>(List.of(KafkaManifests.KUSTOMIZATION));
    for (JsonNode resource : KafkaManifests.kustomization().path("resources")) {
      named.add(resource.asText());
    }

    assertThat(named).containsExactlyInAnyOrderElementsOf(KafkaManifests.files());
  }

  static List<AclRule> acls(KafkaUser user) {
    return ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization()).getAcls();
  }

  private static Topic topic(KafkaTopic manifest) {
    Map<String, String> configuration = new TreeMap<>();
    manifest
        .getSpec()
        .getConfig()
        .forEach((name, value) -> configuration.put(name, String.valueOf(value)));
    return new Topic(
        manifest.getSpec().getPartitions(), manifest.getSpec().getReplicas(), configuration);
  }
}
