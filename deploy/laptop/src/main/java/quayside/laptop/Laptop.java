package quayside.laptop;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import quayside.laptop.demo.DemoCommand;
import quayside.laptop.oss.OssCommand;

/** Entry point of the laptop stack; each subcommand has {@code --help}. */
@Command(
    name = "quayside-laptop",
    description =
        "Kafka, PostgreSQL and an OSS stand-in on loopback, for running Quayside without any account.",
    mixinStandardHelpOptions = true,
    subcommands = {
      UpCommand.class,
      KafkaCommand.class,
      PostgresCommand.class,
      OssCommand.class,
      DemoCommand.class
    })
public final class Laptop {

  private Laptop() {}

  /** Runs a subcommand; exits with 2 on wrong usage, 1 on failure. */
  public static void main(String[] args) {
    int status =
        new CommandLine(new Laptop()).setExecutionExceptionHandler(Laptop::explain).execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult ignored) throws Exception {
    if (!(failure instanceof LaptopException)) {
      throw failure;
    }
    command.getErr().println(command.getColorScheme().errorText(failure.getMessage()));
    return 1;
  }
}
