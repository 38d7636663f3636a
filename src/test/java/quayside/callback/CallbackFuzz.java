package quayside.callback;

import quayside.signature.SignatureVersion1;
import quayside.signature.KeyRing;
import quayside.signature.StringToSign;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import quayside.callback.CallbackScenario.Header;

/**
 * Requests as they come: whatever target, headers and body are, nothing is accepted that the JDK's
 * own verification, asked independently, does not confirm for a trusted key.
 */
public final class CallbackFuzz {
  private static final TestSigner SIGNER = TestSigner.generate();
  private static final CallbackVerifier VERIFIER =
      new CallbackVerifier(new KeyRing(List.of(SIGNER.publicKey())), new SignatureVersion1());
  private static final FuzzedIntake INTAKE = new FuzzedIntake(VERIFIER);

  // The published key of OSS (callback_pub_key_v1.pem).
  private static final String OSS_KEY =
      "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKs/JBGzwUB2aVht4crBx3oIPBLNsjGs"
          + "C0fTXv+nvlmklvkcolvpvXLTjaxUHR3W9LXxQ2EHXAJfCB+6H2YF1k8CAwEAAQ==";

  private CallbackFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    FuzzedRequest request = FuzzedRequest.of(input, FuzzedIntake.TOKEN);
    try {
      UnverifiedCallback callback = request.unverified();
      if (INTAKE.receive(callback, input.length)
          && !isSignedByOss(callback, request.headers())) {
        throw new AssertionError("accepted without a signature: " + request);
      }
    } catch (CallbackRefusedException e) {
      INTAKE.refuse(e, input.length);
    }
  }

  private static boolean isSignedByOss(UnverifiedCallback callback, List<Header> headers) {
    Stream<String> authorizations =
        headers.stream()
            .filter(header -> header.name().equalsIgnoreCase("authorization"))
            .map(Header::value);
    return authorizations.allMatch(text -> verifies(signedBytes(callback), text));
  }

  private static byte[] signedBytes(UnverifiedCallback callback) {
    return StringToSign.of(callback.target(), callback.body()).toArray();
  }

  private static boolean verifies(byte[] signedBytes, String authorization) {
    try {
      Signature signature = Signature.getInstance("MD5withRSA");
      signature.initVerify(
          KeyFactory.getInstance("RSA")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(OSS_KEY))));
      signature.update(signedBytes);
      return signature.verify(Base64.getDecoder().decode(authorization));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
