package quayside.laptop;

import picocli.CommandLine.Option;

/** The ports of the stack on 127.0.0.1; 0 takes any free one. */
final class StackPorts {

  @Option(
      names = "--kafka-port",
      defaultValue = "${env:QUAYSIDE_KAFKA_PORT:-9092}",
      description = "Kafka (QUAYSIDE_KAFKA_PORT; default: ${DEFAULT-VALUE}).")
  int kafka;

  @Option(
      names = "--postgres-port",
      defaultValue = "${env:QUAYSIDE_POSTGRES_PORT:-15432}",
      description = "PostgreSQL (QUAYSIDE_POSTGRES_PORT; default: ${DEFAULT-VALUE}).")
  int postgres;

  @Option(
      names = "--oss-port",
      defaultValue = "${env:QUAYSIDE_OSS_PORT:-9000}",
      description = "OSS stand-in (QUAYSIDE_OSS_PORT; default: ${DEFAULT-VALUE}).")
  int oss;

  @Option(
      names = "--opensearch-port",
      defaultValue = "${env:QUAYSIDE_OPENSEARCH_PORT:-9200}",
      description =
          "OpenSearch, when asked for (QUAYSIDE_OPENSEARCH_PORT; default: ${DEFAULT-VALUE}).")
  int opensearch;

  @Option(
      names = "--http-port",
      defaultValue = "${env:QUAYSIDE_HTTP_PORT:-8080}",
      description = "Quayside (QUAYSIDE_HTTP_PORT; default: ${DEFAULT-VALUE}).")
  int http;

  @Option(
      names = "--management-port",
      defaultValue = "${env:QUAYSIDE_MANAGEMENT_PORT:-9001}",
      description =
          "Quayside's health and metrics (QUAYSIDE_MANAGEMENT_PORT; default: ${DEFAULT-VALUE}).")
  int management;

  /** Settles every port before anything starts, so that a taken one is told at once. */
  void settle(boolean withApplication, boolean withOpenSearch) {
    kafka = Ports.free(kafka, "QUAYSIDE_KAFKA_PORT");
    postgres = Ports.free(postgres, "QUAYSIDE_POSTGRES_PORT");
    oss = Ports.free(oss, "QUAYSIDE_OSS_PORT");
    if (withOpenSearch) {
      opensearch = Ports.free(opensearch, "QUAYSIDE_OPENSEARCH_PORT");
    }
    if (withApplication) {
      http = Ports.free(http, "QUAYSIDE_HTTP_PORT");
      management = Ports.free(management, "QUAYSIDE_MANAGEMENT_PORT");
    }
  }
}
