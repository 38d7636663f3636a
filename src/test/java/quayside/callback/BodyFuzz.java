package quayside.callback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import quayside.callback.CallbackScenario.Header;

/**
 * Bodies: form, JSON and anything else, from the parser to the event that is published. The first
 * line of the input holds headers, separated by {@code |}. Signatures are not checked, which saves
 * the time of making them.
 */
public final class BodyFuzz {
  private static final FuzzedIntake INTAKE =
      new FuzzedIntake(FuzzedIntake.credulous(TestSigner.generate()));
  private static final List<Header> PROOF =
      List.of(
          new Header("authorization", "c2lnbmVk"),
          new Header(
              "x-oss-pub-key-url",
              Base64.getEncoder().encodeToString(FuzzedIntake.utf8(TestSigner.URL))));

  private BodyFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    INTAKE.receive(callback(input), input.length);
  }

  private static UnverifiedCallback callback(byte[] input) {
    String text = new String(input, ISO_8859_1);
    int end = text.indexOf('\n');
    String headers = end < 0 ? "" : text.substring(0, end).replace('|', '\n') + "\n\n";
    String request = "/oss/callback\n" + headers + text.substring(end + 1);
    return proven(FuzzedRequest.of(request.getBytes(ISO_8859_1), FuzzedIntake.TOKEN));
  }

  static UnverifiedCallback proven(FuzzedRequest request) {
    List<Header> headers =
        new ArrayList<>(
            request.headersWithout(
                "authorization", "x-oss-pub-key-url", "x-oss-signature-version"));
    headers.addAll(PROOF);
    try {
      return request.unverified(headers);
    } catch (CallbackRefusedException e) {
      throw new AssertionError("the target is a good one", e);
    }
  }
}
