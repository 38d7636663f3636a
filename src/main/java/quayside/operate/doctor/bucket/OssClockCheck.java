package quayside.operate.doctor.bucket;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import quayside.operate.doctor.Check;
import quayside.operate.doctor.ClockSkew;
import quayside.operate.doctor.DoctorOptions;
import quayside.operate.doctor.Finding;
import quayside.oss.OssConfig;

/** This machine's clock against that of OSS, whose every answer has a Date. */
final class OssClockCheck implements Check {
  private static final String CHECK = "clock-oss";

  private final OssConfig config;
  private final DoctorOptions options;

  OssClockCheck(OssConfig config, DoctorOptions options) {
    this.config = config;
    this.options = options;
  }

  @Override
  public String name() {
    return CHECK;
  }

  @Override
  public List<Finding> run() throws InterruptedException {
    URI endpoint = endpoint();
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(options.timeout()).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint).timeout(options.timeout()).HEAD().build();
      HttpResponse<Void> answer = http.send(request, HttpResponse.BodyHandlers.discarding());
      String date = answer.headers().firstValue("date").orElse(null);
      return List.of(ClockSkew.judge(CHECK, "OSS", date, options.clock().instant()));
    } catch (IOException e) {
      return List.of(
          Finding.fail(
              CHECK,
              "no answer from " + endpoint + ": " + e,
              "Check quayside.oss.endpoint and quayside.oss.region, and that it can be reached."));
    }
  }

  private URI endpoint() {
    URI published = URI.create("https://oss-" + config.region() + ".aliyuncs.com/");
    URI configured = config.endpoint().orElse(published);
    return configured.getScheme() == null ? URI.create("https://" + configured) : configured;
  }
}
