package quayside.callback;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A codec that is not in the executable must show at the start, not when nothing is published. */
class CompressionTest {

  @ParameterizedTest
  @ValueSource(strings = {"snappy", "lz4", "zstd", "ZSTD"})
  void codecWithNativeCode_isRefusedByTheNativeExecutable(String codec) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Compression.check(Map.of("compression.type", codec), true))
        .withMessageContaining("gzip or none");
    assertThatCode(() -> Compression.check(Map.of("compression.type", codec), false))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "GZIP"})
  void codecOfTheJdk_isAccepted(String codec) {
    assertThatCode(() -> Compression.check(Map.of("compression.type", codec), true))
        .doesNotThrowAnyException();
  }

  @Test
  void noCodec_isAccepted() {
    assertThatCode(() -> Compression.check(Map.of(), true)).doesNotThrowAnyException();
  }
}
