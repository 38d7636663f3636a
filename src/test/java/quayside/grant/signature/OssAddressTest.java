package quayside.grant.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a page must be allowed to speak with, for each way to write an address. */
class OssAddressTest {

  @ParameterizedTest
  @CsvSource({
    "VIRTUAL_HOST, https://oss-cn-hangzhou.aliyuncs.com, https://uploads.oss-cn-hangzhou.aliyuncs.com",
    "PATH, http://127.0.0.1:9000, http://127.0.0.1:9000",
    "CNAME, https://up.example/, https://up.example"
  })
  void origin_isWhereTheBucketIs(OssAddress.Style style, URI endpoint, String origin) {
    assertThat(new OssAddress(endpoint, style).origin("uploads")).isEqualTo(origin);
  }
}
