package quayside.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import quayside.bench.codec.CodecBenchmark;
import quayside.bench.codec.SdkBenchmark;
import quayside.bench.report.Measure;

/**
 * An event to a Kafka record and back, in one thread, beside the CloudEvents Java SDK. JMH measures
 * each in JVMs of its own, with the options of the ingress and one processor; what it says about
 * itself is in a log. The event is that of OSS's own PHP sample.
 */
final class CodecSuite {
  private static final double MICROSECOND = 1_000;

  private final Parts parts;
  private final Map<String, List<Double>> nanos = new HashMap<>();

  CodecSuite(Parts parts) {
    this.parts = parts;
  }

  List<Measure> run() throws IOException {
    for (int round = 1; round <= parts.atFullLength(5, 1); round++) {
      measure(round);
    }
    return List.of(measure("write", "event written"), measure("read", "event read"));
  }

  private void measure(int round) throws IOException {
    try {
      for (RunResult result : new Runner(options(round)).run()) {
        String type = result.getParams().getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)", "$1");
        Result<?> time = result.getPrimaryResult();
        nanos.computeIfAbsent(type, name -> new ArrayList<>()).add(time.getScore());
        Parts.progress("%s: %.0f ns", type, time.getScore());
      }
    } catch (RunnerException e) {
      throw new IOException("JMH did not come to its end", e);
    }
  }

  private Options options(int round) throws IOException {
    Path log = Files.createDirectories(parts.work()).resolve("codec-" + round + ".log");
    return new OptionsBuilder()
        .include(CodecBenchmark.class.getName())
        .include(SdkBenchmark.class.getName())
        .jvmArgs("@" + parts.ingressJvmOptions(), "-XX:ActiveProcessorCount=1")
        .threads(1)
        .forks(1)
        .warmupIterations(parts.atFullLength(5, 1))
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(parts.atFullLength(5, 1))
        .measurementTime(TimeValue.seconds(1))
        .shouldFailOnError(true)
        .output(log.toString())
        .build();
  }

  private Measure measure(String method, String name) {
    return Measure.of(
            name,
            micros("CodecBenchmark." + method),
            "us",
            "CloudEvents SDK",
            micros("SdkBenchmark." + method))
        .atMost(5);
  }

  private double micros(String benchmark) {
    return Parts.median(nanos.getOrDefault(benchmark, List.of())) / MICROSECOND;
  }
}
