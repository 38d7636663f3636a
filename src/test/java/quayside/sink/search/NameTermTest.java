package quayside.sink.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.sink.search.NameWords.Word;

class NameTermTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          photos/2024/IMG_2041.JPG | photos 2024 img2041 img 2041 jpg
          wörld-Holiday.txt        | world holidaytxt holiday txt
          HolidayPhotoXML2         | holidayphotoxml2 holiday photo xml 2
          eBook                    | ebook e book
          the.a.and                | theaand the a and
          照片集2024年              | 照 照片 片 片集 集 2024 年
          照                       | 照
          한국어                    | 한 한국 국 국어 어
          abc한국.txt               | abc 한 한국 국 txt
          한漢                      | 한 한漢 漢
          ﾌｧｲﾙ                     | フ ファ ァ ァイ イ イル ル
          𠮷野                     | 𠮷 𠮷野 野
          ＩＭＧ＿１                | img1 img 1
          Straße                   | strasse
          """)
  void words_ofName(String name, String words) {
    assertThat(NameWords.ofName(name)).extracting(Word::text).containsExactly(words.split(" "));
  }

  // macOS writes file names with accents as characters of their own.
  @Test
  void words_decomposedAccent_isComposed() {
    assertThat(NameWords.ofName("wo\u0308rld")).extracting(Word::text).containsExactly("world");
  }

  @ParameterizedTest
  @CsvSource({
    "WÖRLD,world",
    "Straße,strasse",
    "İstanbul,istanbul",
    "ＡＢＣ,abc",
    "ΟΔΟΣ,οδοσ",
    "照片.PNG,照片.png"
  })
  void fold_removesCaseAccentsAndWidth(String text, String folded) {
    assertThat(NameWords.fold(text)).isEqualTo(folded);
    assertThat(NameWords.fold(folded)).isEqualTo(folded);
  }

  @Test
  void parse_shortLatinPiece_isPrefixOnlyWhenLast() {
    assertThat(NameTerm.parse("ho du"))
        .containsExactly(
            new NameTerm("", List.of("ho"), false), new NameTerm("", List.of("du"), true));
  }

  @Test
  void parse_longPiece_isSubstringAndWords() {
    assertThat(NameTerm.parse("IMG_2041"))
        .containsExactly(new NameTerm("img_2041", List.of("img", "2041"), true));
  }

  @Test
  void parse_endsInPunctuation_isNoPrefix() {
    assertThat(NameTerm.parse("c+")).containsExactly(new NameTerm("", List.of("c"), false));
    assertThat(NameTerm.parse("a.c+"))
        .containsExactly(new NameTerm("a.c+", List.of("a", "c"), false));
  }

  @Test
  void parse_longPieceOfOneWord_isSubstringAlone() {
    assertThat(NameTerm.parse("c++")).containsExactly(new NameTerm("c++", List.of(), false));
    assertThat(NameTerm.parse("Holiday"))
        .containsExactly(new NameTerm("holiday", List.of(), false));
  }

  @Test
  void parse_cjkRun_isWordsAlone() {
    assertThat(NameTerm.parse("照片集"))
        .containsExactly(new NameTerm("", List.of("照片", "片集", "集"), false));
    assertThat(NameTerm.parse("照")).containsExactly(new NameTerm("", List.of("照"), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "_", "\\", "-", "'", "!!!"})
  void parse_onlyPunctuation_isLiteral(String piece) {
    assertThat(NameTerm.parse(piece)).containsExactly(new NameTerm(piece, List.of(), false));
  }

  // The ideographic space is what a Chinese keyboard types.
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "\u3000", "\u00a0 \u2003"})
  void parse_blank_isNothing(String typed) {
    assertThat(NameTerm.parse(typed)).isEmpty();
  }

  @Test
  void parse_repeatedPiece_countsOnce() {
    assertThat(NameTerm.parse("abc abc/ abc")).hasSize(2);
    assertThat(NameTerm.parse("abc ".repeat(60) + "x")).hasSize(2);
  }
}
