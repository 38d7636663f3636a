package quayside.callback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;

/**
 * Bodies of the largest size accepted: the input is a beginning, a part that is repeated, and an
 * end, separated by line feeds. Finds what takes more than linear time or memory.
 */
public final class LargeBodyFuzz {
  private static final int MAX_BODY_SIZE = 256 << 10;

  private static final FuzzedIntake INTAKE =
      new FuzzedIntake(FuzzedIntake.credulous(TestSigner.generate()));

  private LargeBodyFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = new String(input, ISO_8859_1).split("\n", 3);
    String beginning = parts[0];
    String repeated = parts.length > 1 ? parts[1] : "&";
    String end = parts.length > 2 ? parts[2] : "";
    int room = MAX_BODY_SIZE - beginning.length() - end.length();
    String body = beginning + repeated.repeat(room / Math.max(1, repeated.length())) + end;
    UnverifiedCallback callback =
        BodyFuzz.proven(new FuzzedRequest("/oss/callback", List.of(), body.getBytes(ISO_8859_1)));
    INTAKE.receive(callback, MAX_BODY_SIZE);
  }
}
