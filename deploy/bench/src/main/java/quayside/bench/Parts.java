package quayside.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the built parts are, and where to work.
 *
 * @param laptop the jar that starts broker, database and OSS stand-in
 * @param ingress quarkus-run.jar of the ingress, with the endpoints to compare with
 * @param ingressJvmOptions file with the options that it runs with in production
 * @param moreJvmOptions added to them
 * @param application quarkus-run.jar of the flavour with everything
 * @param applicationJvmOptions as for the ingress
 * @param opensearch the jar that starts OpenSearch, or a path where there is none
 * @param libvips directory with the library that the application makes thumbnails with
 * @param vipsthumbnail the command of that name, or a path where there is none
 * @param work directory for data and logs
 * @param quick whether to measure shortly, to see that everything works
 */
record Parts(
    Path laptop,
    Path ingress,
    Path ingressJvmOptions,
    List<String> moreJvmOptions,
    Path application,
    Path applicationJvmOptions,
    Path opensearch,
    Path libvips,
    Path vipsthumbnail,
    Path work,
    boolean quick) {

  /** The java that runs us. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Starts a program of ours in a JVM of its own, with the options of the application. */
  List<String> ownProgram(Class<?> program) {
    return List.of(
        java(),
        "@" + applicationJvmOptions,
        "-cp",
        System.getProperty("java.class.path"),
        program.getName());
  }

  /** A number of repetitions or seconds, smaller when in a hurry. */
  int atFullLength(int full, int hurried) {
    return quick ? hurried : full;
  }

  /** Says what is going on, where it does not disturb the table. */
  static void progress(String text, Object... values) {
    System.err.printf(text + "%n", values);
  }

  /** The middle one. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
