package quayside.role;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The roles that are on. Immutable. */
public final class Roles {
  private final Set<Role> on;

  private Roles(Set<Role> on) {
    this.on = on;
  }

  /** Every role. */
  public static Roles all() {
    return new Roles(EnumSet.allOf(Role.class));
  }

  /** These roles and no others. */
  public static Roles of(Collection<Role> roles) {
    EnumSet<Role> on = EnumSet.noneOf(Role.class);
    on.addAll(roles);
    return new Roles(on);
  }

  /** Whether this role is on. */
  public boolean include(Role role) {
    return on.contains(role);
  }

  /** Whether one of these roles is on. */
  public boolean includeAny(Role... roles) {
    for (Role role : roles) {
      if (on.contains(role)) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of those that are on publishes events. */
  public boolean publishEvents() {
    return includeAny(Role.CALLBACK, Role.CATALOG, Role.THUMBNAIL, Role.STATE);
  }

  /** Whether one of those that are on needs PostgreSQL. */
  public boolean needDatabase() {
    return on.stream().anyMatch(Role::needsDatabase);
  }

  /** Those that are on. */
  Set<Role> on() {
    return on;
  }

  @Override
  public String toString() {
    return on.stream().map(Role::tag).collect(Collectors.joining(","));
  }
}
