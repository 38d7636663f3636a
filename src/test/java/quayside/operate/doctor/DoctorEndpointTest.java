package quayside.operate.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which an endpoint is broken gives its own finding; a healthy one gives none. */
class DoctorEndpointTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Function<String, byte[]> HEALTHY =
      head ->
          head.contains("%2F")
              ? problem(400, "target-ambiguous")
              : problem(403, "signature-mismatch");

  @TempDir static Path folder;
  private static Certificates good;
  private static Certificates other;
  private static Certificates expired;

  @BeforeAll
  static void makeCertificates() {
    good = Certificates.of(folder, "good", "dns:localhost,ip:127.0.0.1", -1, 90);
    other = Certificates.of(folder, "other", "dns:other.example,dns:*.example", -1, 90);
    expired = Certificates.of(folder, "expired", "dns:localhost", -30, 10);
  }

  @Test
  void healthyEndpoint_isAllRight() throws Exception {
    try (CallbackServer server = CallbackServer.https(good, good, HEALTHY)) {
      List<Finding> findings = examine(server, CLOCK, good);

      assertThat(findings).allMatch(finding -> finding.outcome() == Outcome.OK);
      assertThat(findings)
          .extracting(Finding::check)
          .containsExactly(
              "tls-without-sni",
              "tls-host",
              "tls-expiry",
              "tls-chain",
              "redirect",
              "http-1.1-close",
              "http-1.0",
              "path",
              "path-raw",
              "latency",
              "clock-endpoint");
    }
  }

  @Test
  void certificateThatNeedsSni_fails() throws Exception {
    try (CallbackServer server = CallbackServer.https(good, other, HEALTHY)) {
      assertOnly(
          examine(server, CLOCK, good), "tls-without-sni", Outcome.FAIL, "CN=other", "callbackSNI");
    }
    try (CallbackServer server = CallbackServer.https(good, null, HEALTHY)) {
      assertOnly(
          examine(server, CLOCK, good),
          "tls-without-sni",
          Outcome.FAIL,
          "handshake",
          "callbackSNI");
    }
  }

  @Test
  void certificateThatNeedsSni_isFineWhenUploadsAskForIt() throws Exception {
    try (CallbackServer server = CallbackServer.https(good, other, HEALTHY)) {
      DoctorOptions options =
          options(server.url("/oss/callback"), CLOCK, true, Optional.of(good.pem()));

      assertThat(examine(options)).allMatch(finding -> finding.outcome() == Outcome.OK);
    }
  }

  @Test
  void certificateOfNoKnownAuthority_fails() throws Exception {
    try (CallbackServer server = CallbackServer.https(good, good, HEALTHY)) {
      List<Finding> findings =
          examine(options(server.url("/oss/callback"), CLOCK, false, Optional.empty()));

      assertOnly(findings, "tls-chain", Outcome.FAIL, "authority", "fullchain.pem");
    }
  }

  @Test
  void certificateOfAnotherHost_fails() throws Exception {
    try (CallbackServer server = CallbackServer.https(other, other, HEALTHY)) {
      assertOnly(
          examine(server, CLOCK, other), "tls-host", Outcome.FAIL, "other.example", "localhost");
    }
  }

  @Test
  void expiredCertificate_fails() throws Exception {
    try (CallbackServer server = CallbackServer.https(expired, expired, HEALTHY)) {
      assertOnly(examine(server, CLOCK, expired), "tls-expiry", Outcome.FAIL, "expired", "Renew");
    }
  }

  @Test
  void certificateThatExpiresSoon_isAWarning() throws Exception {
    Clock later = Clock.offset(CLOCK, Duration.ofDays(80));
    Function<String, byte[]> atThatTime =
        head ->
            new String(HEALTHY.apply(head), StandardCharsets.ISO_8859_1)
                .replaceAll("Date: [^\r]+", "Date: " + date(later.instant()))
                .getBytes(StandardCharsets.ISO_8859_1);
    try (CallbackServer server = CallbackServer.https(good, good, atThatTime)) {
      assertOnly(examine(server, later, good), "tls-expiry", Outcome.WARN, "expires on", "Renew");
    }
  }

  @Test
  void endpointWithoutTls_isAWarningForHttpAndAFailureForHttps() throws Exception {
    try (CallbackServer server = CallbackServer.http(HEALTHY)) {
      URI https = URI.create(server.url("/oss/callback").toString().replace("http:", "https:"));

      assertOnly(examine(server), "tls", Outcome.WARN, "unencrypted", "https");
      assertThat(examine(impatient(https)))
          .filteredOn(finding -> finding.check().equals("tls"))
          .singleElement()
          .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.FAIL))
          .satisfies(finding -> assertThat(finding.seen()).contains("no handshake"));
    }
  }

  static Stream<Arguments> brokenAnswers() {
    Function<String, byte[]> chunked =
        head -> answer(403, "Transfer-Encoding: chunked\r\n", "1\r\nx\r\n0\r\n\r\n");
    return Stream.of(
        broken("http-1.1-close", "chunked", "Content-Length", chunked),
        broken("http-1.0", "chunked", "Content-Length", chunked),
        broken(
            "http-1.1-close",
            "Content-Length null",
            "with its length",
            head -> answer(200, "", "{}")),
        broken(
            "http-1.1-close",
            "Content-Length 0",
            "with its length",
            head -> answer(403, "Content-Length: 0\r\n", "")),
        broken(
            "redirect",
            "http is redirected to https",
            "https URL",
            redirect("https://up.example/oss/callback")),
        broken("redirect", "slash at the end", "that very path", redirect("/oss/callback/")),
        broken("redirect", "/login", "login pages", redirect("/login?next=x")),
        broken(
            "http-1.0",
            "HTTP/1.0 is not answered",
            "HTTP/1.0",
            head -> head.contains("HTTP/1.0") ? new byte[0] : HEALTHY.apply(head)),
        broken("path", "status 502, text/html, server edge", "past logins", html(502)),
        broken("path", "status 405", "past logins", html(405)),
        broken(
            "path",
            "no callbacks under the path",
            "quayside.callback.paths",
            head -> problem(404, "unknown-path")),
        broken(
            "path",
            "authorization-missing",
            "Authorization",
            head -> problem(400, "authorization-missing")),
        broken(
            "path", "pub-key-url-missing", "x-oss-", head -> problem(400, "pub-key-url-missing")),
        broken("path", "503 overloaded", "log", head -> problem(503, "overloaded")),
        broken("clock-endpoint", "differs by", "NTP", dated(Duration.ofHours(-2))),
        broken(
            "http-1.1-close",
            "not HTTP",
            "HTTP/1.1",
            head -> "SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII)));
  }

  @ParameterizedTest
  @MethodSource("brokenAnswers")
  void brokenAnswer_fails(
      String check, String seen, String advice, Function<String, byte[]> answers) throws Exception {
    try (CallbackServer server = CallbackServer.http(answers)) {
      assertThat(examine(server))
          .filteredOn(finding -> finding.check().equals(check))
          .singleElement()
          .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.FAIL))
          .satisfies(finding -> assertThat(finding.seen()).contains(seen))
          .satisfies(finding -> assertThat(finding.advice()).contains(advice));
    }
  }

  @Test
  void proxyThatDecodesThePath_isAWarning() throws Exception {
    try (CallbackServer server = CallbackServer.http(head -> problem(403, "signature-mismatch"))) {
      assertThat(examine(server))
          .filteredOn(finding -> finding.check().equals("path-raw"))
          .singleElement()
          .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.WARN))
          .satisfies(finding -> assertThat(finding.advice()).contains("proxy_pass"));
    }
  }

  @Test
  void connectionThatStaysOpen_isAWarning() throws Exception {
    Function<String, byte[]> open =
        head ->
            new String(HEALTHY.apply(head), StandardCharsets.ISO_8859_1)
                .replace("Connection: close", "Connection: keep-alive")
                .getBytes(StandardCharsets.ISO_8859_1);
    try (CallbackServer server = CallbackServer.http(open)) {
      assertThat(examine(server))
          .filteredOn(finding -> finding.check().equals("http-1.1-close"))
          .singleElement()
          .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.WARN));
    }
  }

  @Test
  void silentEndpoint_failsWithinTheTimeout() throws Exception {
    try (CallbackServer server =
        CallbackServer.http(
            head -> answer(200, "Content-Length: 9\r\nConnection: keep-alive\r\n", "{"))) {
      assertThat(examine(impatient(server.url("/oss/callback"))))
          .filteredOn(
              finding -> List.of("http-1.1-close", "path", "time").contains(finding.check()))
          .hasSize(3)
          .allMatch(finding -> finding.outcome() == Outcome.FAIL);
    }
  }

  @Test
  void latency_isJudgedAgainstTheLimitsOfOss() {
    Duration quick = Duration.ofMillis(20);

    assertThat(TimeCheck.latency(List.of(quick, quick)).outcome()).isEqualTo(Outcome.OK);
    assertThat(TimeCheck.latency(List.of(quick, Duration.ofSeconds(4))).outcome())
        .isEqualTo(Outcome.WARN);
    assertThat(TimeCheck.latency(List.of(quick, Duration.ofSeconds(5))).outcome())
        .isEqualTo(Outcome.FAIL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://h/x", "/oss/callback", "https:///x"})
  void urlThatOssCannotCall_isBadUsage(String url) {
    assertThatThrownBy(() -> Endpoint.of(URI.create(url)))
        .hasMessageContaining("must be http or https with a host");
  }

  private static Arguments broken(
      String check, String seen, String advice, Function<String, byte[]> answers) {
    return Arguments.of(check, seen, advice, answers);
  }

  private static void assertOnly(
      List<Finding> findings, String check, Outcome outcome, String seen, String advice) {
    assertThat(findings)
        .filteredOn(finding -> finding.outcome() != Outcome.OK)
        .singleElement()
        .satisfies(finding -> assertThat(finding.check()).isEqualTo(check))
        .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(outcome))
        .satisfies(finding -> assertThat(finding.seen()).contains(seen))
        .satisfies(finding -> assertThat(finding.advice()).contains(advice));
  }

  private static List<Finding> examine(CallbackServer server) {
    return examine(options(server.url("/oss/callback"), CLOCK, false, Optional.empty()));
  }

  private static List<Finding> examine(CallbackServer server, Clock clock, Certificates trusted) {
    return examine(options(server.url("/oss/callback"), clock, false, Optional.of(trusted.pem())));
  }

  private static List<Finding> examine(DoctorOptions options) {
    return Doctor.of(EndpointChecks.of(options), Duration.ofSeconds(60)).examine(check -> {});
  }

  private static DoctorOptions options(
      URI url, Clock clock, boolean sni, Optional<Path> authority) {
    return new DoctorOptions(
        Optional.of(url),
        sni,
        authority,
        Map.of(),
        List.of(),
        List.of(),
        Duration.ofSeconds(10),
        clock,
        Map.of(),
        noConfig());
  }

  private static DoctorOptions impatient(URI url) {
    return new DoctorOptions(
        Optional.of(url),
        false,
        Optional.empty(),
        Map.of(),
        List.of(),
        List.of(),
        Duration.ofMillis(300),
        CLOCK,
        Map.of(),
        noConfig());
  }

  private static DoctorOptions.ConfigReader noConfig() {
    return new DoctorOptions.ConfigReader() {
      @Override
      public <T> T read(Class<T> mapping, Map<String, String> commandLine) {
        throw new AssertionError("no configuration is needed");
      }
    };
  }

  private static Function<String, byte[]> redirect(String location) {
    return head -> answer(301, "Location: " + location + "\r\nContent-Length: 2\r\n", "{}");
  }

  private static Function<String, byte[]> html(int status) {
    return head ->
        answer(status, "Server: edge\r\nContent-Type: text/html\r\nContent-Length: 4\r\n", "<p/>");
  }

  private static Function<String, byte[]> dated(Duration offset) {
    String date = date(CLOCK.instant().plus(offset));
    return head ->
        new String(HEALTHY.apply(head), StandardCharsets.ISO_8859_1)
            .replaceAll("Date: [^\r]+", "Date: " + date)
            .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] problem(int status, String reason) {
    String body = "{\"title\":\"x\",\"reason\":\"" + reason + "\"}";
    return answer(
        status,
        "Content-Type: application/problem+json\r\nContent-Length: " + body.length() + "\r\n",
        body);
  }

  private static byte[] answer(int status, String headers, String body) {
    String head = "HTTP/1.1 " + status + " x\r\nDate: " + date(CLOCK.instant()) + "\r\n" + headers;
    String close = headers.contains("Connection") ? "" : "Connection: close\r\n";
    return (head + close + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        ZonedDateTime.ofInstant(time, ZoneOffset.UTC));
  }
}
