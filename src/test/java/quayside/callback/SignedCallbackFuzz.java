package quayside.callback;

import quayside.signature.SignatureVersion1;
import quayside.signature.KeyRing;
import quayside.signature.StringToSign;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import quayside.callback.CallbackScenario.Header;

/** As {@link CallbackFuzz}, but signed with a trusted key, so that what comes after is reached. */
public final class SignedCallbackFuzz {
  private static final TestSigner SIGNER = TestSigner.generate();
  private static final FuzzedIntake INTAKE =
      new FuzzedIntake(
          new CallbackVerifier(new KeyRing(List.of(SIGNER.publicKey())), new SignatureVersion1()));

  private SignedCallbackFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    FuzzedRequest request = FuzzedRequest.of(input, FuzzedIntake.TOKEN);
    try {
      UnverifiedCallback unsigned = request.unverified();
      INTAKE.receive(signed(request, unsigned), input.length);
    } catch (CallbackRefusedException e) {
      INTAKE.refuse(e, input.length);
    }
  }

  private static UnverifiedCallback signed(FuzzedRequest request, UnverifiedCallback unsigned)
      throws CallbackRefusedException {
    Base64.Encoder base64 = Base64.getEncoder();
    List<Header> headers =
        new ArrayList<>(request.headersWithout("authorization", "x-oss-pub-key-url"));
    byte[] signature = SIGNER.sign(StringToSign.of(unsigned.target(), unsigned.body()).toArray());
    headers.add(new Header("authorization", base64.encodeToString(signature)));
    headers.add(
        new Header("x-oss-pub-key-url", base64.encodeToString(FuzzedIntake.utf8(TestSigner.URL))));
    return request.unverified(headers);
  }
}
