package quayside.sink.search;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import quayside.sink.search.NameWords.Word;

/**
 * One blank-separated piece of what was typed. A name matches it when the folded name contains
 * {@link #substring}, or when its words contain {@link #words} one directly after the other; either
 * may be absent, never both.
 *
 * @param substring folded; empty when the piece is not looked for as a substring
 * @param words in order, one per position; empty when the piece has none
 * @param prefix true when the last word may be the beginning of a longer one
 */
record NameTerm(String substring, List<String> words, boolean prefix) {
  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern CJK_ONLY =
      Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]+");

  /** Shorter substrings are not looked for: a trigram index has nothing to say about them. */
  private static final int MIN_SUBSTRING = 3;

  NameTerm {
    words = List.copyOf(words);
    if (substring.isEmpty() && words.isEmpty()) {
      throw new IllegalArgumentException("substring, words: one must be present");
    }
  }

  /** The terms of what was typed, without repetitions. A name must match all of them. */
  static Set<NameTerm> parse(String typed) {
    List<String> pieces =
        Arrays.stream(BLANK.split(NameWords.normalize(typed)))
            .filter(piece -> !piece.isEmpty())
            .toList();
    Set<NameTerm> terms = new LinkedHashSet<>();
    for (int i = 0; i < pieces.size(); i++) {
      terms.add(term(pieces.get(i), i == pieces.size() - 1));
    }
    return terms;
  }

  private static NameTerm term(String piece, boolean last) {
    Map<Integer, Word> longest = new TreeMap<>();
    for (Word word : NameWords.ofQuery(piece)) {
      longest.merge(
          word.position(), word, (a, b) -> a.text().length() >= b.text().length() ? a : b);
    }
    List<Word> words = List.copyOf(longest.values());
    String substring = isSubstring(piece, words) ? NameWords.fold(piece) : "";
    // One word of a substring that is there anyway would only loosen it: `c++` is not `c`.
    if (!substring.isEmpty() && words.size() < 2) {
      return new NameTerm(substring, List.of(), false);
    }
    // `c` may become `cat`, `c+` is complete; every CJK character is a word by itself.
    boolean prefix = last && !words.isEmpty() && words.getLast().atEnd() && !words.getLast().cjk();
    return new NameTerm(substring, words.stream().map(Word::text).toList(), prefix);
  }

  // Without words there is only the literal text to look for. A CJK run is found exactly by its
  // words.
  private static boolean isSubstring(String piece, List<Word> words) {
    if (words.isEmpty()) {
      return true;
    }
    boolean longEnough = piece.codePointCount(0, piece.length()) >= MIN_SUBSTRING;
    return longEnough && !CJK_ONLY.matcher(piece).matches();
  }
}
