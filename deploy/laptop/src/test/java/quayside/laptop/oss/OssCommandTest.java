package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The subcommand as a process of its own, and its help. */
class OssCommandTest {

  @Test
  void help_namesEveryOptionAndNoSecret() {
    var out = new StringWriter();
    int status = new CommandLine(new OssCommand()).setOut(new PrintWriter(out)).execute("--help");
    assertThat(status).isZero();
    assertThat(out.toString())
        .contains(
            "--port",
            "--data",
            "--bucket",
            "--access-key-id",
            "--region",
            "--public-callbacks-only");
  }

  @Test
  void badBucketName_isAFailureThatSaysSo(@TempDir Path directory) {
    var errors = new StringWriter();
    int status =
        new CommandLine(new OssCommand())
            .setErr(new PrintWriter(errors))
            .execute("--data", directory.toString(), "--port", "0", "--bucket", "Not_A_Bucket");
    assertThat(status).isNotZero();
    assertThat(errors.toString()).contains("Not_A_Bucket");
  }

  @Test
  void sigterm_endsTheProcessCleanly_andTheDataStays(@TempDir Path directory) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "quayside.laptop.Laptop",
                "oss",
                "--port",
                "0",
                "--data",
                directory.resolve("data").toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader log = process.inputReader()) {
      Matcher ready = Pattern.compile("ready endpoint=http://127\\.0\\.0\\.1:(\\d+)").matcher("");
      String line = log.readLine();
      while (line != null && !ready.reset(line).find()) {
        line = log.readLine();
      }
      assertThat(line).isNotNull();
      new Socket(InetAddress.getByName("127.0.0.1"), Integer.parseInt(ready.group(1))).close();

      process.toHandle().destroy();
      assertThat(log.lines()).anyMatch(l -> l.contains("OSS stand-in stopped"));
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(directory.resolve("data/callback_pub_key_v1.pem")).exists();
    } finally {
      process.destroyForcibly();
    }
  }
}
