package quayside.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No migration takes away what the release before uses, and the rule finds one that would. */
class MigrationRulesTest {
  private static final Pattern RELEASE = Pattern.compile("(?m)^## \\[(\\d+\\.\\d+\\.\\d+)]");
  private static final double NEXT = MigrationRules.BASELINE + 1;
  private static final Set<String> RELEASED = Set.of("0.1.0", "0.2.0");

  static List<Migration> migrations() {
    return Migration.all();
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void migration_addsOnly(Migration migration) throws IOException {
    Set<String> released =
        RELEASE
            .matcher(Files.readString(Path.of("CHANGELOG.md")))
            .results()
            .map(heading -> heading.group(1))
            .collect(Collectors.toSet());

    assertThat(MigrationRules.findings(migration, released)).isEmpty();
  }

  @Test
  void migrations_followOneAnother() {
    assertThat(migrations()).extracting(Migration::version).doesNotHaveDuplicates();
    assertThat(migrations()).anyMatch(m -> m.version() == MigrationRules.BASELINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table catalog.inbox",
        "drop schema search cascade",
        "drop index catalog.object_newest",
        "truncate catalog.inbox",
        "delete from catalog.inbox",
        "alter table catalog.object drop column etag",
        "alter table catalog.object drop etag",
        "alter table catalog.object rename column etag to e_tag",
        "alter table catalog.object rename to objects",
        "ALTER TABLE catalog.object\n  RENAME etag TO e_tag",
        "alter table catalog.object add column a text, drop column etag",
        "alter table catalog.object add column a text not null",
        "alter table catalog.object add column a text, add column b bigint not null",
        "alter table catalog.object add column a numeric(10, 2) not null, add column b text",
        "alter table catalog.object alter column etag set not null",
        "alter table catalog.object alter column etag drop default",
        "alter table catalog.object alter column size type integer",
        "alter table catalog.object alter column size set data type integer",
        "alter table catalog.object add constraint c check (size < 10)",
        "alter table catalog.object add column a text unique",
        "alter table catalog.object drop constraint object_pk",
        "create unique index one_etag on catalog.object (etag)",
        "create or replace function f() returns int language sql as ''",
        "create trigger t before insert on catalog.object execute function f()",
        "revoke insert on catalog.object from public",
        "do $$ begin execute 'drop table catalog.inbox'; end $$",
        "lock table catalog.object",
        "create table catalog.new (a text); drop table catalog.inbox",
        "-- drop is only a word here\ndrop table catalog.inbox",
      })
  void whatTheReleaseBeforeWouldMiss_isFound(String sql) {
    assertThat(MigrationRules.findings(new Migration(NEXT, sql + ";\n"), RELEASED)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table catalog.object add column a text",
        "alter table catalog.object\n  add column a text not null default 'x',\n"
            + "  add column b numeric(10, 2) not null default 0",
        "alter table catalog.object alter column etag drop not null",
        "alter table catalog.settlement drop constraint settlement_reason",
        "create table catalog.new (a text not null primary key);\n"
            + "alter table catalog.new add constraint c check (a <> '');\n"
            + "create unique index new_a on catalog.new (a)",
        "create index object_etag on catalog.object (etag)",
        "comment on table catalog.object is 'drop table; rename column'",
        "comment on table catalog.object is\n  'We do not -- ever -- drop; it'",
        "-- drop table catalog.object;\nalter table catalog.object add column a text",
        "insert into catalog.inbox (source, id, recorded_at) values ('a', 'b', now())",
      })
  void whatOnlyAdds_isAllowed(String sql) {
    assertThat(MigrationRules.findings(new Migration(NEXT, sql + ";\n"), RELEASED)).isEmpty();
  }

  @Test
  void contraction_namesAReleaseThatDoesNotUseIt() {
    String drop = "alter table catalog.object drop column etag;\n";
    Migration named = new Migration(NEXT, "-- Contracts: unused since 0.2.0\n" + drop);
    Migration future = new Migration(NEXT, "-- Contracts: unused since 0.3.0\n" + drop);
    Migration late = new Migration(NEXT, drop + "-- Contracts: unused since 0.2.0\n");

    assertThat(MigrationRules.findings(named, RELEASED)).isEmpty();
    assertThat(MigrationRules.findings(future, RELEASED))
        .singleElement()
        .asString()
        .contains("0.3.0");
    assertThat(MigrationRules.findings(late, RELEASED)).isNotEmpty();
  }

  /** What the first release has was written before anybody ran it, and did not keep to the rule. */
  @Test
  void baseline_wouldBeFound() {
    assertThat(migrations())
        .map(migration -> new Migration(NEXT, migration.text()))
        .anyMatch(migration -> !MigrationRules.findings(migration, RELEASED).isEmpty());
  }
}
