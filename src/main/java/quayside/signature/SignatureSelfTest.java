package quayside.signature;

import java.util.List;

/**
 * Verifies a callback that the official documentation prints, signed by the real service: proof
 * that this runtime still accepts RSA with 512 bits and MD5, which security policies and native
 * images may take away.
 */
public final class SignatureSelfTest {
  private static final String TARGET = "/index.php?id=1&index=2";
  private static final Bytes BODY = Bytes.utf8("bucket=yonghu-test");
  private static final SignatureHeaders HEADERS =
      new SignatureHeaders(
          List.of(
              "kKQeGTRccDKyHB3H9vF+xYMSrmhMZjzzl2/kdD1ktNVgbWEfYTQG0G2SU/RaHBovRCE8OkQDjC3uG33esH2txA=="),
          List.of("aHR0cDovL2dvc3NwdWJsaWMuYWxpY2RuLmNvbS9jYWxsYmFja19wdWJfa2V5X3YxLnBlbQ=="),
          List.of());

  private SignatureSelfTest() {}

  /** Returns silently when the check works. */
  public static void run(SignatureCheck check) throws SignatureRefusedException {
    check.verify(RequestTarget.parse(TARGET), HEADERS, BODY);
  }
}
