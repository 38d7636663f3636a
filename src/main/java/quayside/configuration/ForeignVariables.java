package quayside.configuration;

import java.util.Set;
import java.util.regex.Pattern;

/** Environment variables whose names begin like ours and that are no configuration. */
final class ForeignVariables {
  /** What the Makefile, the laptop's stack, Compose and the commands are told. */
  private static final Set<String> OF_THE_LAPTOP =
      Set.of(
          "QUAYSIDE_CHROMIUM",
          "QUAYSIDE_DATA_DIR",
          "QUAYSIDE_HTTP_PORT",
          "QUAYSIDE_INGRESS_BINARY",
          "QUAYSIDE_KAFKA_PORT",
          "QUAYSIDE_LISTEN",
          "QUAYSIDE_MANAGEMENT_PORT",
          "QUAYSIDE_MANAGEMENT_URL",
          "QUAYSIDE_OLDER_APPLICATION",
          "QUAYSIDE_OPENSEARCH_PORT",
          "QUAYSIDE_OSS_PORT",
          "QUAYSIDE_POSTGRES_PORT",
          "QUAYSIDE_SEARCH",
          "QUAYSIDE_UPSTREAM",
          "QUAYSIDE_VERSION");

  /**
   * Kubernetes tells each pod of the Services beside it, whose names may begin as ours do; as in
   * its documentation of Services, section "Environment variables".
   */
  private static final Pattern OF_A_SERVICE =
      Pattern.compile(
          ".*_SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|.*_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");

  private static final Pattern ADDRESS_OF_A_SERVICE = Pattern.compile("(tcp|udp|sctp)://.*");

  private ForeignVariables() {}

  /** Whether a variable is one of them. */
  static boolean contain(String name, String value) {
    return OF_THE_LAPTOP.contains(name)
        || OF_A_SERVICE.matcher(name).matches()
        || (name.endsWith("_PORT") && ADDRESS_OF_A_SERVICE.matcher(value).matches());
  }
}
