package quayside.laptop.oss;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quayside.laptop.oss.signature.Credentials;

/** Runs the stand-in in the foreground until the process is told to stop (Ctrl-C, SIGTERM). */
@Command(
    name = "oss",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Runs the OSS stand-in on 127.0.0.1 in the foreground.")
public final class OssCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Objects and the callback signing key; kept between runs.")
  private Path data = Path.of(".quayside", "oss");

  @Option(
      names = "--port",
      defaultValue = "${env:QUAYSIDE_OSS_PORT:-9000}",
      description = "Port; 0 for any free one.")
  private int port;

  @Option(
      names = "--bucket",
      paramLabel = "NAME",
      description = "A bucket that exists; may be repeated, the first is the default.")
  private List<String> buckets = List.of(OssStandInConfig.DEFAULT_BUCKET);

  @Option(names = "--access-key-id", description = "The one access key.")
  private String accessKeyId = OssStandInConfig.DEFAULT_ACCESS_KEY_ID;

  @Option(
      names = "--access-key-secret",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "Its secret; local-secret unless given.")
  private String accessKeySecret = OssStandInConfig.DEFAULT_ACCESS_KEY_SECRET;

  @Option(names = "--region", description = "Region of V4 signatures, without oss-.")
  private String region = OssStandInConfig.DEFAULT_REGION;

  @Option(
      names = "--public-callbacks-only",
      description = "Refuse callbacks to loopback too, as the real service does (0007-00000008).")
  private boolean publicCallbacksOnly;

  @Option(
      names = "--in-container",
      description =
          "Listen on all addresses, not on 127.0.0.1 alone: for containers, whose ports are published.")
  private boolean inContainer;

  @Spec private @Nullable CommandSpec spec;

  /** Prints one line with the endpoint once it serves, whatever the logging configuration. */
  @Override
  public Integer call() throws Exception {
    OssStandInConfig config =
        OssStandInConfig.at(data)
            .withPort(port)
            .withBuckets(buckets)
            .withCredentials(List.of(new Credentials(accessKeyId, accessKeySecret)))
            .withRegion(region)
            .withPublicCallbacksOnly(publicCallbacksOnly);
    OssStandIn standIn =
        inContainer ? OssStandIn.startInContainer(config) : OssStandIn.start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(standIn::close, "oss-stop"));
    PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
    out.println("OSS stand-in ready endpoint=" + standIn.endpoint());
    out.flush();
    new CountDownLatch(1).await(); // until the shutdown hook ends the process
    return 0;
  }
}
