package quayside.sink.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.sink.search.SearchQuery.Position;
import quayside.sink.search.SearchQuery.Variable;

/** Every documented way to search has an index that serves it, by PostgreSQL's own choice. */
class PostgresSearchPlanTest {
  private static final int DOCUMENTS = 20_000;
  private static final Position PAGE_100 =
      new Position(Changes.NOON.plusSeconds(500), new ObjectId("b", "k"));
  private static DataSource database;

  @BeforeAll
  static void createDatabase() throws Exception {
    database = SearchDatabase.create();
    SearchIndex index = new PostgresSearchIndex(database, Duration.ofSeconds(10));
    Random random = new Random(1);
    List<Change> batch = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      String key =
          "%s/%06d/照片%d-%s.dat"
              .formatted("abcdef".charAt(i % 6), random.nextInt(999_999), i, hex(random));
      ObjectDocument document =
          Changes.uploadedAt(Changes.document(0), Changes.NOON.plusSeconds(i));
      ObjectDocument typed =
          Changes.mimeType(document, i % 1_000 == 0 ? "image/rare" : "image/jpeg");
      ObjectDocument described = Changes.variables(typed, Map.of("uid", Integer.toString(i)));
      batch.add(new Change.Upsert(new ObjectId("bucket-" + i % 50, key), 1, described));
      if (batch.size() == 500) {
        index.bulk(batch);
        batch.clear();
      }
    }
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum analyze search.documents");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "everything, documents_newest",
    "later page, documents_newest",
    "bucket, documents_newest_in_bucket",
    "time, documents_newest",
    "rare type, documents_newest_of_type",
    "prefix in bucket, documents_pkey",
    "variable, documents_variables",
    "substring, documents_substrings",
    "chinese, documents_words",
    "short prefix of a word, documents_words",
    "several words, documents_words",
    "several words, documents_substrings"
  })
  void search_usesAnIndex(String kind, String index) throws SQLException {
    String plan = plan(query(kind));
    assertThat(plan).contains(index).doesNotContain("Seq Scan on documents");
  }

  private static SearchQuery query(String kind) {
    return switch (kind) {
      case "everything" -> query("", null, "", null, List.of(), null);
      case "later page" -> query("", null, "", null, List.of(), PAGE_100);
      case "bucket" -> query("", "bucket-7", "", null, List.of(), null);
      case "time" ->
          new SearchQuery(
              "",
              null,
              "",
              null,
              Changes.NOON.plusSeconds(50),
              Changes.NOON.plusSeconds(99),
              List.of(),
              20,
              null);
      case "rare type" ->
          query("", null, "", MimeTypeRange.parse("image/rare").orElseThrow(), List.of(), null);
      case "prefix in bucket" -> query("", "bucket-7", "a/0123", null, List.of(), null);
      case "variable" -> query("", null, "", null, List.of(new Variable("uid", "4711")), null);
      case "substring" -> query("47113b", null, "", null, List.of(), null);
      case "chinese" -> query("片4711", null, "", null, List.of(), null);
      case "short prefix of a word" -> query("9z", null, "", null, List.of(), null);
      case "several words" -> query("a-004711", null, "", null, List.of(), null);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static SearchQuery query(
      String text,
      String bucket,
      String prefix,
      MimeTypeRange mimeType,
      List<Variable> variables,
      Position after) {
    return new SearchQuery(text, bucket, prefix, mimeType, null, null, variables, 20, after);
  }

  private static String plan(SearchQuery query) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = new PostgresSelect(query).prepare(connection, "explain ");
        ResultSet rows = statement.executeQuery()) {
      StringBuilder plan = new StringBuilder();
      while (rows.next()) {
        plan.append(rows.getString(1)).append('\n');
      }
      return plan.toString();
    }
  }

  private static String hex(Random random) {
    return "%08x".formatted(random.nextInt());
  }
}
