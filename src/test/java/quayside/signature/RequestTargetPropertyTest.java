package quayside.signature;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

/** What holds for every request target. */
class RequestTargetPropertyTest {

  @Property
  void anyText_isParsedOrRefused(@ForAll String raw) {
    try {
      assertThat(RequestTarget.parse(raw).path()).startsWith("/");
    } catch (SignatureRefusedException e) {
      assertThat(e.reason().name()).startsWith("TARGET_");
    }
  }

  /** The accident behind every ambiguous target: another split of the same signed bytes. */
  @Property
  void acceptedTargetsWithTheSameSignedBytes_haveTheSameQuery(
      @ForAll @CharRange(from = '!', to = '@') @StringLength(max = 12) String one,
      @ForAll @CharRange(from = '!', to = '@') @StringLength(max = 12) String other) {
    try {
      RequestTarget first = RequestTarget.parse("/" + one);
      RequestTarget second = RequestTarget.parse("/" + other);
      if (signed(first).equals(signed(second))) {
        assertThat(second.query()).isEqualTo(first.query());
        assertThat(second.decodedPath()).isEqualTo(first.decodedPath());
      }
    } catch (SignatureRefusedException refused) {
      assertThat(refused.reason().name()).startsWith("TARGET_");
    }
  }

  private static Bytes signed(RequestTarget target) {
    return StringToSign.of(target, Bytes.utf8("body"));
  }
}
