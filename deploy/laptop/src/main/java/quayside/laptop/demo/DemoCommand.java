package quayside.laptop.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quayside.laptop.LaptopException;

/** Uploads samples to a running stack and shows what became of each. */
@Command(
    name = "demo",
    description =
        "Uploads sample files with the Alibaba SDKs and prints the event, row, search hit and thumbnails of each.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--oss-port",
      defaultValue = "${env:QUAYSIDE_OSS_PORT:-9000}",
      description = "OSS stand-in (default: ${DEFAULT-VALUE}).")
  int ossPort;

  @Option(
      names = "--http-port",
      defaultValue = "${env:QUAYSIDE_HTTP_PORT:-8080}",
      description = "Quayside (default: ${DEFAULT-VALUE}).")
  int httpPort;

  @Option(
      names = "--kafka-port",
      defaultValue = "${env:QUAYSIDE_KAFKA_PORT:-9092}",
      description = "Kafka (default: ${DEFAULT-VALUE}).")
  int kafkaPort;

  @Option(
      names = "--node-script",
      description = "Also upload with ali-oss through this script, in Node.js.")
  @Nullable Path nodeScript;

  @Override
  public Integer call() throws Exception {
    URI api = URI.create("http://127.0.0.1:" + httpPort);
    Endpoints endpoints =
        new Endpoints(
            URI.create("http://127.0.0.1:" + ossPort),
            api.resolve("/oss/callback"),
            api,
            "127.0.0.1:" + kafkaPort);
    HttpClient http = HttpClient.newHttpClient();
    Pipeline pipeline = new Pipeline(http, api);
    Report report =
        new Report(
            pipeline, new DeadLetters(endpoints.kafka()), System.out, System.console() != null);
    System.out.println("Uploading to " + endpoints.oss() + ", bucket " + Endpoints.BUCKET + " ...");
    for (Upload upload : uploads(endpoints, http)) {
      report.print(upload);
    }
    if (report.missing() > 0) {
      throw new LaptopException(
          "\n"
              + report.missing()
              + " effects are missing: is `make run` running? Its log tells more.");
    }
    System.out.println("\nEverything arrived.");
    return 0;
  }

  private List<Upload> uploads(Endpoints endpoints, HttpClient http) throws Exception {
    List<Upload> uploads = new ArrayList<>();
    try (JavaSdkUploads java = new JavaSdkUploads(endpoints)) {
      Sample sunset = new Sample("sunset.jpg", "demo/sunset.jpg", "image/jpeg", true);
      uploads.add(
          made("Java SDK, PutObject, form callback", sunset, java.putWithFormCallback(sunset)));
      Sample diagram = new Sample("diagram.png", "demo/diagram.png", "image/png", true);
      uploads.add(
          made("Java SDK, PutObject, JSON callback", diagram, java.putWithJsonCallback(diagram)));
      Sample panorama = new Sample("sunset.jpg", "demo/panorama.jpg", "image/jpeg", true);
      uploads.add(
          made(
              "Java SDK, multipart, JSON callback",
              panorama,
              java.multipartWithJsonCallback(panorama)));
      Sample lantern = new Sample("lantern.webp", "demo/灯笼 lantern.webp", "image/webp", true);
      String callback = FormUpload.callbackParameter(endpoints);
      String answer =
          new FormUpload(http).post(endpoints, java.postForm(lantern, callback), lantern);
      uploads.add(made("PostObject form signed by the Java SDK, form callback", lantern, answer));
      Sample notes = new Sample("notes.txt", "demo/notes.txt", "text/plain", false);
      uploads.add(
          made("Java SDK, PutObject, JSON callback", notes, java.putWithJsonCallback(notes)));
      Sample broken = new Sample("broken.jpg", "demo/broken.jpg", "image/jpeg", false);
      uploads.add(
          made(
              "Java SDK, PutObject, a truncated picture",
              broken,
              java.putWithFormCallback(broken)));
    }
    if (nodeScript != null) {
      uploads.addAll(NodeUploads.run(nodeScript, endpoints));
    }
    return uploads;
  }

  private static Upload made(String how, Sample sample, String answer) throws Exception {
    return new Upload(how, sample, Pipeline.eventId(answer));
  }
}
