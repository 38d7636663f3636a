package quayside.laptop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A PostgreSQL cluster in a directory, with one database and one user, both named {@code quayside}.
 */
final class Postgres {
  static final String NAME = "quayside";
  static final String PASSWORD = "quayside";

  private final Path binaries;
  private final Path cluster;

  private Postgres(Path binaries, Path cluster) {
    this.binaries = binaries;
    this.cluster = cluster;
  }

  /** The cluster in a directory; created on first use. */
  static Postgres open(Path directory) throws IOException, InterruptedException {
    Path cluster = directory.resolve("cluster");
    Postgres postgres = new Postgres(PostgresBinaries.directory(), cluster);
    if (!Files.exists(directory.resolve("created"))) {
      postgres.create(directory);
    }
    return postgres;
  }

  /**
   * How to run the server. SIGINT is PostgreSQL's fast shutdown: clients are cut off, nothing is
   * lost.
   */
  GuardedProcess.Spec server(int port) {
    List<String> command =
        command(
            "postgres",
            "-D",
            cluster.toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "timezone=UTC");
    return GuardedProcess.Spec.quiet(
        "postgres",
        command,
        "INT",
        Pattern.compile("database system is ready to accept connections"));
  }

  private void create(Path directory) throws IOException, InterruptedException {
    // What an interrupted creation left behind is no cluster.
    Directories.delete(cluster);
    Files.createDirectories(directory);
    Path password = directory.resolve("password");
    Files.writeString(password, PASSWORD);
    run(
        "",
        command(
            "initdb",
            "-D",
            cluster.toString(),
            "-U",
            NAME,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C"));
    run(
        "CREATE DATABASE " + NAME + "\n",
        command("postgres", "--single", "-D", cluster.toString(), "postgres"));
    Files.createFile(directory.resolve("created"));
  }

  /**
   * PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it does.
   */
  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))
        && !System.getProperty("os.name").startsWith("Mac")) {
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(binaries.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static void run(String input, List<String> command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new LaptopException(String.join(" ", command) + " failed:\n" + output);
    }
  }
}
