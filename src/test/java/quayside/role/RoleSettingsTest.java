package quayside.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from the roles for the framework, held against the channels there are. */
class RoleSettingsTest {
  private static final String INCOMING = "mp.messaging.incoming.";
  private static final String OUTGOING = "mp.messaging.outgoing.";
  private static final Set<String> NAMES = names();

  @Test
  void allRoles_switchNothingOff() {
    assertThat(RoleSettings.of(Roles.all(), NAMES)).isEmpty();
  }

  /** A channel in no role would be consumed by every instance. */
  @Test
  void everyChannel_belongsToARole() {
    Set<String> off = off(RoleSettings.of(Roles.of(List.of()), NAMES));

    assertThat(channels(INCOMING)).isNotEmpty().isSubsetOf(off);
    assertThat(channels(OUTGOING)).isNotEmpty().isSubsetOf(off);
  }

  @ParameterizedTest
  @EnumSource
  void oneRole_hasItsChannelsAlone(Role role) {
    Set<String> off = off(RoleSettings.of(Roles.of(List.of(role)), NAMES));

    assertThat(off)
        .noneMatch(role.incoming()::contains)
        .noneMatch(role.outgoing()::contains)
        .containsAll(channels(INCOMING).stream().filter(c -> !role.incoming().contains(c)).toList())
        .containsAll(
            channels(OUTGOING).stream().filter(c -> !role.outgoing().contains(c)).toList());
  }

  @Test
  void rolesWithoutDatabase_switchItOff() {
    Map<String, String> edge =
        RoleSettings.of(Roles.of(List.of(Role.CALLBACK, Role.THUMBNAIL)), NAMES);

    assertThat(edge)
        .containsEntry("quarkus.datasource.active", "false")
        .containsEntry("quarkus.hibernate-orm.active", "false")
        .containsEntry("quarkus.flyway.active", "false")
        .containsEntry("quarkus.scheduler.enabled", "false")
        .containsEntry("quayside.reconcile.schedule", "off");
    assertThat(RoleSettings.of(Roles.of(List.of(Role.API)), NAMES))
        .doesNotContainKey("quarkus.datasource.active");
  }

  /**
   * The framework warns of settings of parts that are not there, and makes channels of any name.
   */
  @Test
  void ingress_isToldNothingOfSinks() {
    assertThat(RoleSettings.of(Roles.of(List.of(Role.CALLBACK)), Set.of("quarkus.http.port")))
        .isEmpty();
  }

  private static Set<String> off(Map<String, String> settings) {
    return settings.keySet().stream()
        .filter(key -> key.startsWith("mp.messaging."))
        .map(key -> key.split("[.]")[3])
        .collect(Collectors.toSet());
  }

  private static Set<String> channels(String direction) {
    return NAMES.stream()
        .filter(name -> name.startsWith(direction) && name.endsWith(".connector"))
        .map(name -> name.split("[.]")[3])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names() {
    Properties properties = new Properties();
    try (Reader file =
        Files.newBufferedReader(
            Path.of("src/main/resources-all/META-INF/microprofile-config.properties"))) {
      properties.load(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return properties.stringPropertyNames();
  }
}
