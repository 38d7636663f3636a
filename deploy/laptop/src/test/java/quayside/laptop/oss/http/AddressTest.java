package quayside.laptop.oss.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways SDKs name a bucket and a key. */
class AddressTest {
  static final List<String> BUCKETS = List.of("uploads", "other");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "127.0.0.1:9000, /uploads/dir/a%20b%2B%E4%B8%AD.txt, uploads, dir/a b+中.txt",
        "127.0.0.1:9000, /other/dir%2Fa.txt, other, dir/a.txt",
        "127.0.0.1:9000, /uploads, uploads, -",
        "127.0.0.1:9000, /uploads/, uploads, -",
        "127.0.0.1:9000, /, -, -",
        "127.0.0.1:9000, /dir/signed.txt, uploads, dir/signed.txt",
        "uploads.oss-cn-hangzhou.aliyuncs.com, /dir/a.txt, uploads, dir/a.txt",
        "uploads.oss-cn-hangzhou.aliyuncs.com, /uploads/a.txt, uploads, uploads/a.txt",
        "other.localhost:9000, /a, other, a",
        "other.localhost:9000, /, other, -",
        "unknown.oss-cn-hangzhou-internal.aliyuncs.com, /a, unknown, a",
        "localhost:9000, /uploads/a, uploads, a",
        "files.example.com, /dir/a, uploads, dir/a",
        "files.example.com, /, uploads, -",
        "127.0.0.1, /uploads/a//b/, uploads, a//b/",
        "127.0.0.1, /uploads/../x, uploads, ../x",
        "127.0.0.1, /uploads/%2E%2E, uploads, ..",
        "127.0.0.1, /uploads/a+b, uploads, a+b",
      })
  void address_isFound(String host, String path, String bucket, String key) {
    assertThat(Address.of(host, path, BUCKETS)).isEqualTo(new Address(bucket, key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/uploads/%", "/uploads/%zz", "/uploads/%ff", "/uploads//a", "/uploads/%5Ca"})
  void unusableKey_isRefused(String path) {
    assertThatThrownBy(() -> Address.of("127.0.0.1", path, BUCKETS))
        .isInstanceOfSatisfying(
            OssException.class, e -> assertThat(e.code()).isEqualTo("InvalidObjectName"));
  }

  @Test
  void keyLength_isCountedInUtf8Bytes() {
    assertThat(new Address("uploads", "中".repeat(341)).key()).hasSize(341);
    assertThatThrownBy(() -> new Address("uploads", "中".repeat(341) + "a"))
        .hasMessageContaining("1024");
  }

  @Test
  void percentEncoding_isUndoneByDecoding_forAnyText() {
    var random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.appendCodePoint(
            random.nextBoolean() ? random.nextInt(128) : 0x400 + random.nextInt(0x1000));
      }
      String encoded = Percent.encode(text.toString());
      assertThat(encoded).matches("[A-Za-z0-9%._~-]*");
      assertThat(Percent.decode(encoded)).isEqualTo(text.toString());
      assertThat(Percent.decode(Percent.encodePath(text.toString()))).isEqualTo(text.toString());
    }
  }

  @Test
  void query_keepsOrderDuplicatesAndEmptyValues() {
    assertThat(Query.parse("uploads&a=1&a=%2B+&=x&&b=c=d").parameters())
        .containsExactly(
            new Query.Parameter("uploads", ""),
            new Query.Parameter("a", "1"),
            new Query.Parameter("a", "++"),
            new Query.Parameter("", "x"),
            new Query.Parameter("b", "c=d"));
  }

  @Test
  void xml_escapesTextAndReplacesWhatItCannotCarry() {
    assertThat(new Xml("A").text("K", "<a>&\"\u0001\uD83D\uDE00").end())
        .endsWith("<A><K>&lt;a&gt;&amp;&quot;\uFFFD\uD83D\uDE00</K></A>");
  }
}
