package quayside.upgrade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a migration may do while instances of the release before still work on the database: add.
 * Tables that the same file creates are nobody's yet, so anything goes with them. What is not known
 * to add is refused.
 */
final class MigrationRules {
  /** What the first release has. No instance of an earlier one can be at work. */
  static final double BASELINE = 6.0;

  private static final Pattern CREATED =
      Pattern.compile("create (?:unlogged )?table (?:if not exists )?([a-z0-9_.]+).*");
  private static final Pattern UNIQUE_INDEX =
      Pattern.compile("create unique index .*?\\bon (?:only )?([a-z0-9_.]+).*");
  private static final Pattern ALTERED =
      Pattern.compile("alter table (?:if exists )?(?:only )?([a-z0-9_.]+) (.*)");

  private static final Pattern ADDS =
      Pattern.compile(
          "(create (schema|extension|sequence|table|unlogged table|view|index)|comment on"
              + "|insert into|update) .*");
  private static final Pattern NEXT_ACTION = Pattern.compile(", (?=(add|alter|drop|rename) )");
  private static final List<Pattern> ADDING_ACTIONS =
      List.of(
          Pattern.compile("add column (?!.*\\b(not null|primary key|unique|check)\\b).*"),
          Pattern.compile(
              "add column (?=.*\\bnot null\\b)(?=.*\\b(default|generated)\\b)"
                  + "(?!.*\\b(primary key|unique|check)\\b).*"),
          Pattern.compile("alter column [a-z0-9_]+ (drop not null|set default .*)"),
          // A check that goes lets more in; a key that goes is missed by "on conflict".
          Pattern.compile("drop constraint [a-z0-9_]+(?<!_pk)(?<!_key)"));

  private MigrationRules() {}

  /**
   * What an instance of the release before could stumble over.
   *
   * @param released all releases so far
   */
  static List<String> findings(Migration migration, Collection<String> released) {
    if (migration.version() <= BASELINE) {
      return List.of();
    }
    if (migration.unusedSince().isPresent()) {
      String release = migration.unusedSince().get();
      return released.contains(release)
          ? List.of()
          : List.of("unused since " + release + ", which is no release so far");
    }
    List<String> findings = new ArrayList<>();
    Set<String> created = new HashSet<>();
    for (String statement : migration.statements()) {
      Matcher creation = CREATED.matcher(statement);
      if (creation.matches()) {
        created.add(creation.group(1));
      } else if (!adds(statement, created)) {
        findings.add(statement);
      }
    }
    return findings;
  }

  private static boolean adds(String statement, Set<String> created) {
    Matcher index = UNIQUE_INDEX.matcher(statement);
    Matcher altered = ALTERED.matcher(statement);
    if (index.matches()) {
      return created.contains(index.group(1));
    }
    if (altered.matches()) {
      return created.contains(altered.group(1))
          || NEXT_ACTION
              .splitAsStream(altered.group(2))
              .allMatch(action ->
                  ADDING_ACTIONS.stream().anyMatch(adding -> adding.matcher(action).matches()));
    }
    return ADDS.matcher(statement).matches();
  }
}
