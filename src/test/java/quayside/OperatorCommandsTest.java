package quayside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line: what it prints where, and its exit codes. */
class OperatorCommandsTest {
  private static final Path VECTORS = Path.of("src/test/resources/vectors");

  @TempDir Path folder;

  private record Run(int exitCode, String out, String err) {}

  @Test
  void explain_ofAGoodCallback_exitsWith0() {
    Run run = run("explain", VECTORS.resolve("docs-index-php.json").toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("The signature verifies")
        .contains("/index.php?id=1&index=2\\nbucket=yonghu-test")
        .contains("5b74fc97cc385b45c6c8b7782d5a2140 (the same)");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void explain_ofMistakes_namesEachAndExitsWith1() {
    Run run =
        run(
            "explain",
            "--expect-query=id=1&index=2",
            VECTORS.resolve("negative/receiver-mistakes.json").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("== query-dropped", "found:          query-dropped: ", "to do: ")
        .contains("json-repaired: ", "form-as-json: ", "query-reordered: ", "body-newline-added: ");
  }

  @Test
  void explain_learnsFromASimilarCallback() throws IOException {
    Path dropped = folder.resolve("dropped.http");
    Files.writeString(
        dropped,
        "POST /index.php HTTP/1.1\nAuthorization: "
            + "kKQeGTRccDKyHB3H9vF+xYMSrmhMZjzzl2/kdD1ktNVgbWEfYTQG0G2SU/RaHBovRCE8OkQDjC3uG33esH2txA=="
            + "\n\nbucket=yonghu-test");

    Run run =
        run(
            "explain",
            "--json",
            "--base",
            VECTORS.resolve("docs-index-php.json").toString(),
            dropped.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("\"query-dropped\"", "\"pub-key-url-missing\"");
  }

  @Test
  void badUsage_exitsWith2AndSaysWhat() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));

    assertThat(run().exitCode()).isEqualTo(2);
    assertThat(run("serve").exitCode()).isEqualTo(2);
    assertThat(run("explain").err()).contains("FILE");
    assertThat(run("explain", "missing.json").err()).contains("cannot read missing.json");
    assertThat(run("explain", empty.toString()))
        .satisfies(run -> assertThat(run.exitCode()).isEqualTo(2))
        .satisfies(run -> assertThat(run.err()).contains("the capture is empty"));
  }

  @Test
  void help_isToBeHadForEachCommand() {
    assertThat(run("--help").out()).contains("explain");
    assertThat(run("explain", "--help").out()).contains("Exit codes: 0 verified");
    assertThat(run("explain", "--help").exitCode()).isZero();
    assertThat(run("--help").out()).contains("reconcile");
    assertThat(run("reconcile", "--help").out()).contains("--inventory", "Exit codes: 0 done");
    assertThat(run("reconcile").exitCode()).isEqualTo(2);
  }

  @Test
  void reconcileWithoutAService_exitsWith1AndSaysWhere() {
    Run run = run("reconcile", "--bucket", "uploads", "--management", "http://127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("http://127.0.0.1:1");
  }

  private static Run run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = OperatorCommands.commandLine();
    commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exitCode = commands.execute(args);
    return new Run(exitCode, out.toString(), err.toString());
  }
}
