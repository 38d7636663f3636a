package quayside.grant;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import quayside.role.Role;
import quayside.role.Roles;

/** Tells what is granted before anybody asks for it; decides nothing. Thread-safe. */
@Singleton
public final class GrantOffers {
  private final Roles roles;
  private final Instance<GrantDesk> desk;
  private final GrantConfig config;

  GrantOffers(Roles roles, Instance<GrantDesk> desk, GrantConfig config) {
    this.roles = roles;
    this.desk = desk;
    this.config = config;
  }

  /** What is granted now. */
  public GrantOffer current() {
    @Nullable Long largest =
        config.buckets().values().stream()
            .map(bucket -> bucket.maxSize().asLongValue())
            .max(Comparator.naturalOrder())
            .orElse(null);
    return new GrantOffer(
        obstacle(), config.buckets().keySet().stream().sorted().toList(), largest);
  }

  // Not made for the asking: in other roles there is none.
  private @Nullable String obstacle() {
    return roles.include(Role.GRANTS)
        ? desk.get().obstacle().orElse(null)
        : "this instance does not have the role grants";
  }
}
