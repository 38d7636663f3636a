package quayside.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import quayside.PackagedProcess;

/**
 * The first page of every list the console shows, with a thousand and with a million objects in a
 * database of their own: it takes about as long. Rows are made by SQL. Without the indexes for
 * words and variables of names, which no first page asks and which take longer to fill than all
 * else.
 */
@ExtendWith(ConsoleExtension.class)
class ManyObjectsIT {
  private static final int FEW = 1_000;
  private static final int MANY = 1_000_000;
  private static final int TIMES = 40;
  // A page is a few milliseconds: what the machine does besides may double it, even the fastest.
  private static final double MOST_RATIO = 3;

  private static final List<String> PAGES =
      List.of(
          "/api/objects?order=newest&limit=50",
          "/api/objects?bucket=many&order=newest&limit=50",
          "/api/objects?bucket=many&prefix=folder-7/&limit=50",
          "/api/search?limit=50",
          "/api/search?bucket=many&limit=50",
          "/api/search?mimeType=image/png&limit=50",
          "/api/objects/many/folder-7%2Fobject-7.png/timeline?limit=50");

  @Test
  void firstPage_takesNoLongerWithAMillionObjects(ConsoleStack stack) throws Exception {
    try (Connection connection = connect(stack.databaseUrl("postgres"));
        Statement sql = connection.createStatement()) {
      sql.execute("create database many");
    }
    try (PackagedProcess api =
            stack.another(
                Map.of(
                    "quarkus.datasource.jdbc.url",
                    stack.databaseUrl("many"),
                    "quayside.roles",
                    "api"));
        Connection connection = connect(stack.databaseUrl("many"));
        Statement sql = connection.createStatement()) {
      sql.execute("set synchronous_commit = off");
      sql.execute(
          "drop index search.documents_words, search.documents_substrings,"
              + " search.documents_variables");
      fill(sql, 1, FEW);
      // The first answers are those of a process that has just begun.
      fastest(api);
      Map<String, Double> few = fastest(api);
      fill(sql, FEW + 1, MANY);
      Map<String, Double> many = fastest(api);

      for (String page : PAGES) {
        double ratio = many.get(page) / few.get(page);
        System.out.printf(
            "%-64s %6.2f ms with 1,000 objects, %6.2f ms with 1,000,000: %.2f times%n",
            page, few.get(page), many.get(page), ratio);
        assertThat(ratio).as(page).isLessThan(MOST_RATIO);
      }
    }
  }

  private static void fill(Statement sql, int from, int to) throws SQLException {
    sql.execute(
        """
        insert into catalog.object (bucket, key, etag, size, mime_type, variables, fields, verification_level,
          event_source, event_id, sequence, uploaded_at, recorded_at)
        select 'many', format('folder-%%s/object-%%s.png', i %% 1000, i), md5(i::text), i, 'image/png', '{}', '{}',
          'grant', 'acs:oss:-:-:many', 'event-' || i, i, now() - make_interval(secs => %2$d - i),
          now() - make_interval(secs => %2$d - i)
        from generate_series(%1$d, %2$d) as i
        """
            .formatted(from, to));
    sql.execute(
        """
        insert into search.documents (bucket, object_key, version, deleted, etag, size_bytes, mime_type, media_type,
          uploaded_at, variables, verification_level, event_id, folded_key, words)
        select bucket, key, sequence, false, etag, size, mime_type, mime_type, uploaded_at, variables,
          verification_level, event_id, key, array_to_tsvector(array[key])
        from catalog.object where sequence between %d and %d
        """
            .formatted(from, to));
    sql.execute("vacuum analyze catalog.object");
    sql.execute("vacuum analyze search.documents");
  }

  /**
   * Milliseconds of each page, the fastest of many: other work can only add to what a page takes.
   */
  private static Map<String, Double> fastest(PackagedProcess api) {
    Map<String, Double> fastest = new LinkedHashMap<>();
    for (String page : PAGES) {
      for (int i = 0; i < TIMES; i++) {
        long start = System.nanoTime();
        HttpResponse<String> answer = api.get(page);
        double millis = (System.nanoTime() - start) / 1e6;
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        fastest.merge(page, millis, Math::min);
      }
    }
    return fastest;
  }

  private static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, "quayside", "quayside");
  }
}
