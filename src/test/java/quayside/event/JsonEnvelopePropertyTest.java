package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Whatever an event says, its envelope gives it back, and its data byte by byte. */
class JsonEnvelopePropertyTest {
  private static final byte[] DATA = "{\"key\":\"照片\",\"data\":{}}".getBytes(UTF_8);

  @Property(tries = 300)
  void attributesAndData_comeBack(
      @ForAll @Size(min = 1, max = 8) Map<@StringLength(min = 1, max = 8) String, String> texts,
      @ForAll String changed)
      throws Exception {
    Map<String, String> attributes = new LinkedHashMap<>();
    texts.forEach((name, text) -> attributes.put("a" + wellFormed(name), wellFormed(text)));

    JsonEnvelope envelope = JsonEnvelope.read(JsonEnvelope.write(attributes, DATA));
    JsonEnvelope moved = JsonEnvelope.read(envelope.with("ingestpath", wellFormed(changed)));

    attributes.forEach((name, text) -> {
      assertThat(envelope.attribute(name)).isEqualTo(text);
      assertThat(moved.attribute(name)).isEqualTo(text);
    });
    assertThat(moved.attribute("ingestpath")).isEqualTo(wellFormed(changed));
    assertThat(envelope.data()).isEqualTo(DATA);
    assertThat(moved.data()).isEqualTo(DATA);
  }

  @Provide
  Arbitrary<byte[]> almostEnvelopes() {
    return Arbitraries.of(
            "{",
            "}",
            "\"",
            ":",
            ",",
            "[",
            "]",
            "\\",
            "\\u12",
            "null",
            "true",
            "1e999",
            "-",
            "\"id\":",
            "\"data\":",
            "\"data_base64\":\"!\"",
            "\uFEFF",
            "\0",
            "é",
            " ",
            "[".repeat(2000))
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts).getBytes(UTF_8));
  }

  /** Topics are open to more than us; the only failure is the one that readers expect. */
  @Property
  void anyBytes_areReadOrRefused(@ForAll byte[] bytes, @ForAll("almostEnvelopes") byte[] almost) {
    for (byte[] value : new byte[][] {bytes, almost}) {
      EventAttributes attributes =
          EventAttributes.of(Map.of("content-type", JsonEnvelope.MEDIA_TYPE)::get, value);
      attributes.get("id");
      byte[] changed = attributes.valueWith("ingestpath", "redrive");

      if (changed != null) {
        assertThat(
                EventAttributes.of(Map.of("content-type", JsonEnvelope.MEDIA_TYPE)::get, changed)
                    .get("ingestpath"))
            .isEqualTo("redrive");
      }
    }
  }

  /** Headers are UTF-8: halves of surrogate pairs do not get that far. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}
