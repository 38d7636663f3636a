package quayside.operate.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs the checks one after the other, each within a time limit, and gathers their findings. */
final class Doctor {
  /** A check asks several times; this many time limits of one answer are enough for all. */
  private static final int ANSWERS_PER_CHECK = 8;

  private final List<Check> checks;
  private final Duration limit;

  private Doctor(List<Check> checks, Duration limit) {
    this.checks = List.copyOf(checks);
    this.limit = limit;
  }

  /** With every check that the options ask for and this build has. */
  static Doctor of(DoctorOptions options) {
    List<Check> checks = new ArrayList<>(EndpointChecks.of(options));
    checks.add(new KafkaCheck(options));
    checks.addAll(services(options));
    return new Doctor(checks, options.timeout().multipliedBy(ANSWERS_PER_CHECK));
  }

  static Doctor of(List<Check> checks, Duration limit) {
    return new Doctor(checks, limit);
  }

  private static List<Check> services(DoctorOptions options) {
    List<Check> checks = new ArrayList<>();
    try {
      ServiceLoader.load(CheckSource.class, Doctor.class.getClassLoader())
          .forEach(source -> checks.addAll(source.checks(options)));
    } catch (ServiceConfigurationError | NoClassDefFoundError missing) {
      checks.clear();
    }
    if (checks.isEmpty()) {
      checks.add(new Absent("oss", "this build has no OSS client"));
    }
    return checks;
  }

  /** Runs all; the listener hears of each before it begins. */
  List<Finding> examine(Consumer<String> listener) {
    List<Finding> findings = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Check check : checks) {
        listener.accept(check.name());
        findings.addAll(run(check, threads));
      }
    }
    return findings;
  }

  private List<Finding> run(Check check, ExecutorService threads) {
    Future<List<Finding>> running = threads.submit(check::run);
    try {
      return running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      running.cancel(true);
      return failed(check, "gave no result within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      return failed(check, Causes.text(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(Finding.skipped(check.name(), "interrupted"));
    }
  }

  private static List<Finding> failed(Check check, String seen) {
    return List.of(
        Finding.fail(check.name(), seen, "Make it reachable from here, or look at its own log."));
  }

  /** A check that this build does not have. */
  private record Absent(String name, String why) implements Check {
    @Override
    public List<Finding> run() {
      return List.of(Finding.skipped(name, why));
    }
  }
}
