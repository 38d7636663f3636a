package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The digests against the test vectors of the extension, as far as these say which bytes they were
 * made of: the JSON of their textual data is printed in one form and was signed in another.
 */
class VerificationMaterialTest {
  private static final byte[] BINARY = Base64.getDecoder().decode("8J+koQ==");
  private static final List<String> CORE =
      Arrays.asList(
          "1",
          "example/uri",
          "1.0",
          "example.type.binary",
          "application/octet-stream",
          null,
          null,
          null);

  /** Case 5. */
  @Test
  void binaryData_hasThePublishedCoreDigest() {
    assertThat(VerificationMaterial.of(CORE, BINARY, Map.of()))
        .isEqualTo("{\"core\":\"qCSeiZkS+hH9WiClfq6plfqYNVy2kvxWRfoBrLEzoDk=\"}");
  }

  /** Case 6a. */
  @Test
  void oneExtension_hasThePublishedDigest() {
    assertThat(VerificationMaterial.of(CORE, BINARY, Map.of("exta", "value1")))
        .endsWith(
            ",\"ext\":\"kU1P8bDaEnyNhglWzdTJNHh77khNWSZebBUxufVM2pU=\","
                + "\"signedextattrs\":[\"exta\"]}");
  }

  /** Case 7. */
  @Test
  void twoExtensions_haveThePublishedDigest() {
    Map<String, String> extensions = new java.util.LinkedHashMap<>();
    extensions.put("exta", "value1");
    extensions.put("extb", "value2");

    assertThat(VerificationMaterial.of(CORE, BINARY, extensions))
        .endsWith(
            ",\"ext\":\"HB1pe431FoQZRsJbyLNMq0QaAvqPtmhdi8dHGShbJAU=\","
                + "\"signedextattrs\":[\"exta\",\"extb\"]}");
  }

  /** Made with Python's hashlib; the times lose their fractions. */
  @Test
  void event_hasTheDigestsThatAnotherProgramMakes() {
    byte[] data = EventCodec.objectDeleted().value(SampleEvents.deleted());

    assertThat(new String(VerificationMaterial.of(SampleEvents.deleted(), data), UTF_8))
        .isEqualTo(
            "{\"core\":\"cQjigZx/O3LsY9j5lAZ2CGvj2u5pXMqVRuiErKW9QaY=\","
                + "\"ext\":\"H7CQ++W+60chgHnjdt3mwDZIMBAKi6R//QSqtgNGjC8=\","
                + "\"signedextattrs\":"
                + "[\"recordedtime\",\"partitionkey\",\"sequence\",\"causationid\"]}");
  }

  /** An attribute that is absent is not named: readers could not tell it from an empty one. */
  @Test
  void absentExtensions_areNotNamed() {
    CloudEvent<ObjectUploaded> event = SampleEvents.ofUnknownObject();
    byte[] data = EventCodec.objectUploaded().value(event);

    assertThat(new String(VerificationMaterial.of(event, data), UTF_8))
        .endsWith("\"signedextattrs\":[\"recordedtime\",\"sequence\"]}");
  }
}
