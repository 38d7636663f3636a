package quayside.sink.search;

import java.util.List;
import java.util.stream.Collectors;
import quayside.sink.search.NameWords.Word;

/**
 * Writes PostgreSQL's small text languages from data, so that nothing typed by a user is ever read
 * as their syntax.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-textsearch.html">Text search
 *     types</a>
 */
final class PostgresText {

  private PostgresText() {}

  /** A {@code tsvector}: the words with their positions. */
  static String vector(List<Word> words) {
    return words.stream()
        .map(word -> lexeme(word.text()) + ":" + word.position())
        .collect(Collectors.joining(" "));
  }

  /** A {@code tsquery}: the words, each directly after the other. */
  static String phrase(List<String> words, boolean prefix) {
    String phrase = words.stream().map(PostgresText::lexeme).collect(Collectors.joining(" <-> "));
    return prefix ? phrase + ":*" : phrase;
  }

  /** A {@code like} pattern for text that contains this one. */
  static String contains(String text) {
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  private static String lexeme(String word) {
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
