package quayside.callback;

import java.util.List;
import java.util.Map;

/**
 * Verifies a callback that the official documentation prints, signed by the real service: proof
 * that this runtime still accepts RSA with 512 bits and MD5, which security policies and native
 * images may take away.
 */
final class SignatureSelfTest {
  private static final String TARGET = "/index.php?id=1&index=2";
  private static final Bytes BODY = Bytes.utf8("bucket=yonghu-test");
  private static final Map<String, List<String>> HEADERS =
      Map.of(
          CallbackHeaders.AUTHORIZATION,
          List.of(
              "kKQeGTRccDKyHB3H9vF+xYMSrmhMZjzzl2/kdD1ktNVgbWEfYTQG0G2SU/RaHBovRCE8OkQDjC3uG33esH2txA=="),
          CallbackHeaders.PUB_KEY_URL,
          List.of("aHR0cDovL2dvc3NwdWJsaWMuYWxpY2RuLmNvbS9jYWxsYmFja19wdWJfa2V5X3YxLnBlbQ=="));

  private SignatureSelfTest() {}

  /** Returns silently when the verifier works. */
  static void run(CallbackVerifier verifier) throws CallbackRefusedException {
    CallbackHeaders headers = CallbackHeaders.of(name -> HEADERS.getOrDefault(name, List.of()));
    verifier.verify(new UnverifiedCallback(RequestTarget.parse(TARGET), headers, BODY));
  }
}
