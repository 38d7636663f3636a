package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.LogLines;
import quayside.event.EventCodec;
import quayside.event.EventOracle;
import quayside.event.EventRecord;
import quayside.event.InvalidEventException;
import quayside.event.ObjectUploaded;
import quayside.event.TestWriters;
import quayside.fuzz.Bounded;

/** What does not leave the edge, and what does all the same. */
class RedactionTest {
  private static final String KEY = "only-for-the-tests-0123456789abcdef";
  private static final String BODY =
      "bucket=uploads&object=a&clientIp=198.51.100.7&vpcId=1234567&x:user=alice&album=summer";

  /** OpenSSL: {@code printf 198.51.100.7 | openssl dgst -sha256 -hmac ...}, the first 16 bytes. */
  private static final String PSEUDONYM = "hmac-sha256:fb2c55f6cff14701e4f4102bda833f2e";

  @Test
  void byDefault_everythingIsKept() {
    ObjectUploaded data = data(BODY + "&clientIp=other");

    assertThat(data(BODY).clientIp()).isEqualTo("198.51.100.7");
    assertThat(data(BODY).vpcId()).isEqualTo("1234567");
    assertThat(data(BODY).requester()).isEqualTo("1050784833268047");
    assertThat(data(BODY).variables()).containsExactly(Map.entry("x:user", "alice"));
    assertThat(data.fields())
        .containsEntry("clientIp", "198.51.100.7")
        .containsEntry("clientIp#2", "other")
        .containsEntry("album", "summer");
    assertThat(data("no body at all").fields()).containsEntry("_raw", "no body at all");
  }

  @Test
  void dropped_isNull() {
    ObjectUploaded data = data(BODY, "client-ip", "drop", "vpc-id", "drop", "requester", "drop");

    assertThat(data.clientIp()).isNull();
    assertThat(data.vpcId()).isNull();
    assertThat(data.requester()).isNull();
    assertThat(data.owner()).isEqualTo("1050784833268046");
    assertThat(data.variables()).containsEntry("x:user", "alice");
    assertThat(data.fields()).containsEntry("album", "summer");
  }

  @Test
  void hashed_isAPseudonymThatStaysTheSame() {
    String[] hashed =
        with("key", KEY, "client-ip", "hash", "requester", "hash", "variables.\"x:user\"", "hash");
    ObjectUploaded data = data(BODY, hashed);
    ObjectUploaded again = data(BODY.replace("object=a", "object=b"), hashed);

    assertThat(data.clientIp()).isEqualTo(PSEUDONYM).isEqualTo(again.clientIp());
    assertThat(data.requester()).matches("hmac-sha256:[0-9a-f]{32}");
    assertThat(data.variables().get("x:user")).matches("hmac-sha256:[0-9a-f]{32}");
    assertThat(data(BODY, with("key", KEY + "2", "client-ip", "hash")).clientIp())
        .isNotEqualTo(PSEUDONYM);
  }

  /** Pseudonyms are what the schema allows there. */
  @Test
  void redactedEvents_areValid() throws Exception {
    for (String action : List.of("drop", "hash")) {
      EventRecord record =
          record(
              BODY,
              with(
                  "key",
                  KEY,
                  "client-ip",
                  action,
                  "vpc-id",
                  action,
                  "requester",
                  action,
                  "variables.\"*\"",
                  action,
                  "fields.\"*\"",
                  action));

      EventOracle.assertPublishable(
          EventCodec.objectUploaded().read(record.headers()::get, record.value()));
    }
  }

  /** A value that says nothing certain stays among the fields, under its name. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "clientIp=198.51.100.7&clientIp=203.0.113.9",
        "clientIp=198.51.100.7&client_ip=203.0.113.9",
        "{\"clientIp\":\"198.51.100.7\",\"client_ip\":{\"v4\":\"203.0.113.9\"}}",
        "clientIp=%FF198.51.100.7&clientIp=203.0.113.9"
      })
  void addressThatIsNoCertainAddress_isRedactedToo(String body) {
    String record = text(record(body, "client-ip", "drop"));

    assertThat(record).doesNotContain("198.51.100.7").doesNotContain("203.0.113.9");
    assertThat(text(record(body))).contains("203.0.113.9");
  }

  @Test
  void addressLongerThanAny_isRedactedToo() {
    String body = "clientIp=" + "198.51.100.7,".repeat(100);

    assertThat(data(body, "client-ip", "drop").fields()).isEmpty();
    assertThat(data(body).fields()).containsKey("clientIp");
  }

  /** Templates repeat what they like. */
  @Test
  void addressRepeatedElsewhere_isTakenOutThere() {
    String body =
        "clientIp=198.51.100.7&x:from=198.51.100.7&note=by 198.51.100.7 (v4)"
            + "&198.51.100.7=seen&meta={\"ip\":\"198.51.100.7\"}";

    ObjectUploaded dropped = data(body, "client-ip", "drop");
    ObjectUploaded hashed = data(body, with("key", KEY, "client-ip", "hash"));

    assertThat(dropped.variables()).containsExactly(Map.entry("x:from", "[redacted]"));
    assertThat(dropped.fields())
        .containsEntry("note", "by [redacted] (v4)")
        .containsEntry("[redacted]", "seen")
        .containsEntry("meta", "{\"ip\":\"[redacted]\"}");
    assertThat(hashed.variables()).containsExactly(Map.entry("x:from", PSEUDONYM));
    assertThat(hashed.fields()).containsEntry("note", "by " + PSEUDONYM + " (v4)");
  }

  /** Looking for every address in every field must not take long, whatever they are. */
  @Test
  void hostileBody_takesNoTime() {
    StringBuilder body = new StringBuilder();
    for (String name : List.of("clientIp", "client_ip", "vpcId", "vpc_id")) {
      for (int i = 0; i < 2; i++) {
        body.append(name).append('=').append("a".repeat(62)).append(i).append('&');
      }
    }
    body.append("note=").append("a".repeat(90_000));

    ObjectUploaded data =
        Bounded.cpuTime(250, () -> data(body.toString(), "client-ip", "drop", "vpc-id", "drop"));

    assertThat(data.fields()).containsOnlyKeys("note");
  }

  /** It names the object; without it there is no event. */
  @Test
  void addressInTheKey_stays() {
    ObjectUploaded data =
        data("clientIp=198.51.100.7&bucket=uploads&object=198.51.100.7/a", "client-ip", "drop");

    assertThat(data.key()).isEqualTo("198.51.100.7/a");
    assertThat(data.clientIp()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "variables.\"x:user\"=drop                          | x:user=alice",
        "variables.\"x:user\"=drop                          | x:user=alice&x:user=bob",
        "fields.\"x:user\"=drop                             | x:user=alice&x:user=bob",
        "variables.\"*\"=drop                               | x:user=alice&x:other=bob",
        "variables.\"*\"=drop                               | x:user=alice&x:user=bob",
        "variables.\"user\"=drop                            | user=alice",
        "fields.\"*\"=drop                                  | user=alice&x=bob",
        "fields.\"user#2\"=drop,fields.\"user\"=drop        | user=alice&user=bob",
        "fields.\"*\"=keep,fields.\"user\"=drop             | user=alice",
        "fields.\"user\"=keep,variables.\"user\"=drop       | user=alice"
      })
  void redactedName_isRedactedWhereverItEndsUp(String configuration, String body) {
    assertThat(text(record(body, configuration.split("[=,]"))))
        .doesNotContain("alice")
        .doesNotContain("bob");
  }

  /** {@code QUAYSIDE_CALLBACK_REDACT_VARIABLES__X_USER_} comes as {@code x.user}. */
  @ParameterizedTest
  @ValueSource(strings = {"x:user", "x.user", "X_User", "x-user"})
  void name_isMetWithoutRegardToCaseAndPunctuation(String name) {
    String key = "variables.\"" + name + "\"";

    assertThat(data("x:user=alice&x:album=a", key, "drop").variables())
        .containsExactly(Map.entry("x:album", "a"));
    assertThat(data("X:USER=alice&X:USER=bob", key, "drop").fields()).isEmpty();
  }

  @Test
  void nameOfItsOwn_isAnExceptionFromAll() {
    ObjectUploaded data =
        data(
            "x:user=alice&x:album=summer&note=n&place=p",
            "variables.\"*\"",
            "drop",
            "variables.\"x:album\"",
            "keep",
            "fields.\"*\"",
            "drop",
            "fields.\"note\"",
            "keep");

    assertThat(data.variables()).containsExactly(Map.entry("x:album", "summer"));
    assertThat(data.fields()).containsExactly(Map.entry("note", "n"));
  }

  /** A body that cannot be read has the same in it, under no name. */
  @ParameterizedTest
  @CsvSource({"client-ip, drop", "variables.\"x:user\", drop", "fields.\"album\", hash"})
  void rawBody_isDroppedWhenAnythingIsRedacted(String key, String action) {
    String malformed = "{\"object\":\"a\",\"clientIp\":\"198.51.100.7\",\"x:user\":\"alice\" oops}";

    assertThat(data(malformed).fields()).containsKey("_raw");
    assertThat(data(malformed, with("key", KEY, key, action)).fields()).doesNotContainKey("_raw");
    assertThat(data("opaque", with("key", KEY, key, action)).fields()).isEmpty();
  }

  @Test
  void rawBody_followsItsOwnActionWhenItHasOne() {
    String[] kept = with("client-ip", "drop", "fields.\"_raw\"", "keep");
    String[] hashed = with("key", KEY, "client-ip", "drop", "fields.\"_raw\"", "hash");

    assertThat(data("opaque", kept).fields()).containsEntry("_raw", "opaque");
    assertThat(data("opaque", hashed).fields().get("_raw")).startsWith("hmac-sha256:");
    assertThat(data("opaque", "fields.\"_raw\"", "drop").fields()).isEmpty();
  }

  /** What decides about a callback sees it as it came. */
  @Test
  void rulesAndVariables_seeTheCallbackAsItCame() {
    ObjectUploaded data =
        data(
            "bucket=uploads&object=a&size=5&user=alice&clientIp=198.51.100.7",
            "client-ip",
            "drop",
            "variables.\"user\"",
            "drop",
            "../rules.buckets.uploads.max-size",
            "1",
            "../rules.buckets.uploads.size-action",
            "mark",
            "../variables",
            "user");

    assertThat(data.verification().violations()).containsExactly("size-not-allowed");
    assertThat(data.variables()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client-ip=hash                   | client-ip: hash needs quayside.callback.redact.key",
        "variables.\"x:user\"=hash        | variables.\"x:user\": hash needs",
        "fields.\"*\"=hash                | fields.\"*\": hash needs",
        "key=too-short-0123456789         | key: has 20 bytes, must have at least 32",
        "client-ip=hash,key=secret        | key: has 6 bytes, must have at least 32"
      })
  void hashWithoutAGoodKey_stopsTheStart(String configuration, String message) {
    CallbackConfig config = TestConfig.of(prefixed(configuration.split("[=,]")));

    assertThatThrownBy(() -> new Redaction(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("quayside.callback.redact." + message)
        .hasMessageContaining("openssl rand -hex 32")
        .hasMessageNotContaining("secret,")
        .hasMessageNotContaining("too-short");
  }

  @Test
  void actionThatIsNone_stopsTheStart() {
    assertThatThrownBy(() -> TestConfig.of("quayside.callback.redact.client-ip", "mask"))
        .hasMessageContaining("quayside.callback.redact.client-ip")
        .hasMessageContaining("mask");
  }

  @Test
  void logLines_sayNothingThatIsRedacted() {
    try (LogLines log = new LogLines("quayside")) {
      data(
          BODY,
          with(
              "client-ip",
              "drop",
              "../rules.buckets.uploads.key-prefixes",
              "photos/",
              "../rules.buckets.uploads.key-action",
              "mark"));

      assertThat(log.only("callback breaks rules"))
          .doesNotContain("198.51.100.7")
          .doesNotContain("alice");
    }
    assertThat(new Pseudonym(KEY).toString()).doesNotContain("only-for");
  }

  private static ObjectUploaded data(String body, String... redaction) {
    EventRecord record = record(body, redaction);
    try {
      return EventCodec.objectUploaded().read(record.headers()::get, record.value()).data();
    } catch (InvalidEventException e) {
      throw new AssertionError(e);
    }
  }

  private static EventRecord record(String body, String... redaction) {
    return new TestIntake(TestWriters.binary(), prefixed(redaction))
        .publish(TestIntake.withBody(body));
  }

  private static String text(EventRecord record) {
    return record.key() + record.headers() + new String(record.value(), StandardCharsets.UTF_8);
  }

  private static String[] with(String... keysAndValues) {
    return keysAndValues;
  }

  /** Keys of the redaction, or with {@code ../} of all that is the callback's. */
  private static String[] prefixed(String... keysAndValues) {
    List<String> all = new ArrayList<>(Arrays.asList(keysAndValues));
    for (int i = 0; i < all.size(); i += 2) {
      String key = all.get(i).strip();
      all.set(
          i, "quayside.callback." + (key.startsWith("../") ? key.substring(3) : "redact." + key));
      all.set(i + 1, all.get(i + 1).strip());
    }
    return all.toArray(String[]::new);
  }
}
