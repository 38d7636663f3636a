package quayside.sink.search;

import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.CATENATE_ALL;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.GENERATE_WORD_PARTS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.SPLIT_ON_NUMERICS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * Takes object names apart into words, the same way for names and for what is searched for. It is
 * Lucene's CJK chain (Unicode words, Chinese, Japanese and Korean as single characters and pairs)
 * with what file names need on top: words also end at punctuation, at a change of case and between
 * letters and digits, and accents and width are folded away. No stop words: {@code the.txt} is a
 * name. Thread-safe.
 */
final class NameWords {
  private static final int ALL_SCRIPTS =
      CJKBigramFilter.HAN
          | CJKBigramFilter.HIRAGANA
          | CJKBigramFilter.KATAKANA
          | CJKBigramFilter.HANGUL;

  // Unicode makes one word of Hangul and Latin letters, with or without a dot in between; we make
  // two.
  private static final String CJK = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}";
  private static final Pattern HANGUL_EDGE =
      Pattern.compile("(?<=\\p{IsHangul})(?=[^" + CJK + "])|(?<=[^" + CJK + "])(?=\\p{IsHangul})");

  private static final int PARTS =
      GENERATE_WORD_PARTS | GENERATE_NUMBER_PARTS | SPLIT_ON_CASE_CHANGE | SPLIT_ON_NUMERICS;

  // Names also keep what the splitting took apart (IMG_2041 is img2041 as well), so that `eb` finds
  // eBook.
  private static final Analyzer OF_NAMES = analyzer(PARTS | CATENATE_ALL);
  private static final Analyzer OF_QUERIES = analyzer(PARTS);

  private NameWords() {}

  /**
   * A word of a name.
   *
   * @param text folded
   * @param position counted from 1; the single characters and pairs of a CJK run share positions
   * @param atEnd true when nothing follows it in the text, not even punctuation
   * @param cjk true for one or two characters of a CJK run
   */
  record Word(String text, int position, boolean atEnd, boolean cjk) {}

  /** The words of an object key, by position. */
  static List<Word> ofName(String key) {
    return words(OF_NAMES, normalize(key));
  }

  /** The words of something searched for, already {@link #normalize normalized}. */
  static List<Word> ofQuery(String normalized) {
    return words(OF_QUERIES, normalized);
  }

  /**
   * One spelling for what looks the same: composed accents (macOS decomposes), full and half width.
   */
  static String normalize(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /** Text in which case, accents and width make no difference, for comparing substrings. */
  static String fold(String text) {
    char[] input = normalize(text).toCharArray();
    // The filter's documentation: one character becomes at most four.
    char[] output = new char[4 * input.length];
    int length = ASCIIFoldingFilter.foldToASCII(input, 0, output, 0, input.length);
    return new String(output, 0, length)
        .codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static List<Word> words(Analyzer analyzer, String normalized) {
    String text = HANGUL_EDGE.matcher(normalized).replaceAll(" ");
    List<Word> words = new ArrayList<>();
    try (TokenStream tokens = analyzer.tokenStream("", text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      PositionIncrementAttribute step = tokens.addAttribute(PositionIncrementAttribute.class);
      OffsetAttribute offset = tokens.addAttribute(OffsetAttribute.class);
      TypeAttribute type = tokens.addAttribute(TypeAttribute.class);
      int position = 0;
      tokens.reset();
      while (tokens.incrementToken()) {
        position += step.getPositionIncrement();
        boolean atEnd = offset.endOffset() == text.length();
        words.add(new Word(term.toString(), position, atEnd, isCjk(type.type())));
      }
      tokens.end();
      return words;
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading text from memory", impossible);
    }
  }

  private static boolean isCjk(String type) {
    return type.equals(CJKBigramFilter.SINGLE_TYPE) || type.equals(CJKBigramFilter.DOUBLE_TYPE);
  }

  private static Analyzer analyzer(int wordDelimiterFlags) {
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String fieldName) {
        Tokenizer unicodeWords = new StandardTokenizer();
        TokenStream cjk = new CJKBigramFilter(unicodeWords, ALL_SCRIPTS, true);
        TokenStream parts = new WordDelimiterGraphFilter(cjk, wordDelimiterFlags, null);
        TokenStream folded = new LowerCaseFilter(new ASCIIFoldingFilter(parts));
        return new TokenStreamComponents(unicodeWords, folded);
      }
    };
  }
}
