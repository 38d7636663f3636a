package quayside.sink.search;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.event.ObjectUploaded.Image;
import quayside.event.VerificationLevel;

/**
 * One search as a statement. Conditions are fixed pieces of SQL; everything that came from a user
 * is a parameter. Not thread-safe: made for one query.
 */
final class PostgresSelect {
  private static final String FROM =
      """
      select d.*, t.thumbnails
      from (
        select bucket, object_key, etag, size_bytes, mime_type, image_width, image_height, image_format, uploaded_at,
          variables, verification_level, event_id
        from search.documents
        where not deleted\
      """;

  // The thumbnails are looked up for the rows of the page only.
  private static final String ORDER =
      """

        order by uploaded_at desc, bucket desc, object_key desc
        limit ?
      ) d
      left join lateral (
        select thumbnails from search.thumbnails
        where bucket = d.bucket and object_key = d.object_key
          and (etag = d.etag or d.etag is null and causation_id = d.event_id)
        order by version desc, etag
        limit 1
      ) t on true
      order by d.uploaded_at desc, d.bucket desc, d.object_key desc
      """;

  private static final TypeReference<Map<String, String>> VARIABLES = new TypeReference<>() {};
  private static final TypeReference<List<Thumbnail>> THUMBNAILS = new TypeReference<>() {};

  private final StringBuilder sql = new StringBuilder(FROM);
  private final List<Object> parameters = new ArrayList<>();
  private final int limit;

  PostgresSelect(SearchQuery query) {
    limit = query.limit();
    NameTerm.parse(query.text()).forEach(this::term);
    filters(query);
    sql.append(ORDER);
    // One more than asked for tells whether there is a next page.
    parameters.add(limit + 1);
  }

  /** Runs it. */
  SearchPage on(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection, "");
        ResultSet rows = statement.executeQuery()) {
      List<SearchHit> hits = new ArrayList<>();
      while (rows.next()) {
        hits.add(hit(rows));
      }
      return page(hits);
    }
  }

  /** The statement, behind a command such as {@code explain} or none. */
  PreparedStatement prepare(Connection connection, String command) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(command + sql);
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
    return statement;
  }

  private SearchPage page(List<SearchHit> hits) {
    if (hits.size() <= limit) {
      return new SearchPage(hits, null);
    }
    return new SearchPage(hits.subList(0, limit), hits.get(limit - 1).position());
  }

  private void term(NameTerm term) {
    if (term.words().isEmpty()) {
      and("folded_key like ?", PostgresText.contains(term.substring()));
    } else if (term.substring().isEmpty()) {
      and("words @@ ?::tsquery", PostgresText.phrase(term.words(), term.prefix()));
    } else {
      and(
          "(folded_key like ? or words @@ ?::tsquery)",
          PostgresText.contains(term.substring()),
          PostgresText.phrase(term.words(), term.prefix()));
    }
  }

  private void filters(SearchQuery query) {
    andIfPresent("bucket = ?", query.bucket());
    if (!query.prefix().isEmpty()) {
      and("starts_with(object_key, ?)", query.prefix());
    }
    if (query.mimeType() != null) {
      mimeType(query.mimeType());
    }
    andIfPresent("uploaded_at >= ?", timestamp(query.from()));
    andIfPresent("uploaded_at < ?", timestamp(query.to()));
    for (SearchQuery.Variable variable : query.variables()) {
      and("variables @> ?::jsonb", PostgresJson.write(Map.of(variable.name(), variable.value())));
    }
    SearchQuery.Position after = query.after();
    if (after != null) {
      and(
          "(uploaded_at, bucket, object_key) < (?, ?, ?)",
          after.uploadedAt().atOffset(ZoneOffset.UTC),
          after.id().bucket(),
          after.id().key());
    }
  }

  private void mimeType(MimeTypeRange range) {
    if (range.subtype() == null) {
      and("starts_with(media_type, ?)", range.type() + "/");
    } else {
      and("media_type = ?", range.type() + "/" + range.subtype());
    }
  }

  private void and(String condition, Object... values) {
    sql.append("\n    and ").append(condition);
    parameters.addAll(List.of(values));
  }

  private void andIfPresent(String condition, @Nullable Object value) {
    if (value != null) {
      and(condition, value);
    }
  }

  private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static SearchHit hit(ResultSet row) throws SQLException {
    String thumbnails = row.getString("thumbnails");
    return new SearchHit(
        row.getString("bucket"),
        row.getString("object_key"),
        row.getString("etag"),
        row.getObject("size_bytes", Long.class),
        row.getString("mime_type"),
        image(row),
        row.getObject("uploaded_at", OffsetDateTime.class).toInstant(),
        PostgresJson.read(row.getString("variables"), VARIABLES),
        VerificationLevel.valueOf(row.getString("verification_level").toUpperCase(Locale.ROOT)),
        row.getString("event_id"),
        thumbnails == null ? List.of() : PostgresJson.read(thumbnails, THUMBNAILS));
  }

  private static @Nullable Image image(ResultSet row) throws SQLException {
    Integer width = row.getObject("image_width", Integer.class);
    Integer height = row.getObject("image_height", Integer.class);
    String format = row.getString("image_format");
    return width == null && height == null && format == null
        ? null
        : new Image(width, height, format);
  }
}
