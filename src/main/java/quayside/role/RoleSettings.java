package quayside.role;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The framework's settings that follow from the roles. They only switch off: what a role needs
 * stays as it is configured.
 */
public final class RoleSettings {
  private static final String INCOMING = "mp.messaging.incoming.";
  private static final String OUTGOING = "mp.messaging.outgoing.";

  /** Only an application with a database has it. */
  private static final String DATABASE = "quarkus.datasource.db-kind";

  /** Whoever wants to see what of channels is not connected may set it. */
  private static final String LOG_OF_CHANNELS =
      "quarkus.log.category.\"io.smallrye.reactive.messaging.provider\".level";

  private static final String OFF = "false";

  private final Roles roles;
  private final Set<String> names;
  private final Map<String, String> settings = new TreeMap<>();

  private RoleSettings(Roles roles, Set<String> names) {
    this.roles = roles;
    this.names = names;
  }

  /**
   * The settings.
   *
   * @param names of all settings there are: channels that have no connector are not mentioned, for
   *     mentioning would make them
   */
  public static Map<String, String> of(Roles roles, Set<String> names) {
    RoleSettings settings = new RoleSettings(roles, names);
    for (Role role : Role.values()) {
      settings.set(role);
    }
    if (names.contains(DATABASE)) {
      settings.setDatabase();
    }
    return Map.copyOf(settings.settings);
  }

  private void set(Role role) {
    if (!roles.include(role)) {
      role.incoming().forEach(channel -> setOff(INCOMING, channel));
      role.outgoing().stream()
          .filter(channel -> roles.on().stream().noneMatch(r -> r.outgoing().contains(channel)))
          .forEach(channel -> setOff(OUTGOING, channel));
    }
  }

  private void setOff(String direction, String channel) {
    if (names.contains(direction + channel + ".connector")) {
      settings.put(direction + channel + ".enabled", OFF);
      // A channel without its other end is what was asked for: nothing to warn of at every start.
      if (!names.contains(LOG_OF_CHANNELS)) {
        settings.put(LOG_OF_CHANNELS, "ERROR");
      }
    }
  }

  private void setDatabase() {
    if (!roles.needDatabase()) {
      settings.put("quarkus.datasource.active", OFF);
      settings.put("quarkus.hibernate-orm.active", OFF);
      settings.put("quarkus.flyway.active", OFF);
    }
    if (!roles.include(Role.CATALOG)) {
      settings.put("quayside.reconcile.schedule", "off");
    }
    if (!roles.include(Role.STATE)) {
      settings.put("quayside.state.enabled", OFF);
    }
    if (!roles.includeAny(Role.CATALOG, Role.TIMELINE)) {
      settings.put("quarkus.scheduler.enabled", OFF);
    }
  }
}
