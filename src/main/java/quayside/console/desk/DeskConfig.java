package quayside.console.desk;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** Who may do more than read. */
@ConfigMapping(prefix = "quayside.console")
interface DeskConfig extends Checked {

  /**
   * Holders of API keys, and subjects of bearer tokens, that are operators. Where users choose
   * their subject themselves, use the role.
   */
  Optional<Set<String>> operators();

  /** Bearer tokens with this group are operators'. */
  @WithDefault("quayside-operator")
  String operatorRole();

  @Override
  default void check(Problems problems) {
    problems.require(
        operators().orElse(Set.of()).stream().noneMatch(String::isBlank),
        "quayside.console.operators",
        "must be names",
        "ops,ada");
    problems.require(
        !operatorRole().isBlank(),
        "quayside.console.operator-role",
        "must be a name",
        "quayside-operator");
  }
}
