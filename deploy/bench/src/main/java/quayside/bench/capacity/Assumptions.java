package quayside.bench.capacity;

import picocli.CommandLine.Option;

/** What is not measured but chosen or known of an installation; options of the command line. */
final class Assumptions {
  @Option(
      names = "--images",
      defaultValue = "0.2",
      description = "Share of uploads that are images. Default: ${DEFAULT-VALUE}.")
  double images;

  @Option(
      names = "--megapixels",
      defaultValue = "12",
      description = "Size of an image. Default: ${DEFAULT-VALUE}.")
  double megapixels;

  @Option(
      names = "--image-bytes",
      defaultValue = "4000000",
      description = "Bytes of an image, read once from OSS. Default: ${DEFAULT-VALUE}.")
  double imageBytes;

  @Option(
      names = "--thumbnails",
      defaultValue = "7",
      description =
          "Objects written for an image: presets times formats, and a manifest. Default: ${DEFAULT-VALUE}.")
  double thumbnails;

  @Option(
      names = "--keep-alive",
      defaultValue = "false",
      description = "A proxy in front keeps its connections to the ingress.")
  boolean keepAlive;

  @Option(
      names = "--tls-micros",
      defaultValue = "1000",
      description =
          "Processor time of a TLS handshake, one for each callback, wherever TLS ends. Default: ${DEFAULT-VALUE}.")
  double tlsMicros;

  @Option(
      names = "--core-factor",
      defaultValue = "1",
      description =
          "How much faster a core is than one of those measured on. Default: ${DEFAULT-VALUE}.")
  double coreFactor;

  @Option(
      names = "--utilisation",
      defaultValue = "0.5",
      description = "Share of the cores that is to be used at the rate. Default: ${DEFAULT-VALUE}.")
  double utilisation;

  @Option(
      names = "--most-pods",
      defaultValue = "120",
      description = "Pods of a kind beyond which they get more cores. Default: ${DEFAULT-VALUE}.")
  int mostPods;

  @Option(
      names = "--mean",
      defaultValue = "0.5",
      description =
          "Average rate over days as a share of the rate, for what is kept. Default: ${DEFAULT-VALUE}.")
  double mean;

  @Option(
      names = "--event-bytes",
      defaultValue = "1250",
      description = "Bytes of an event on Kafka, with its headers. Default: ${DEFAULT-VALUE}.")
  double eventBytes;

  @Option(
      names = "--state-bytes",
      defaultValue = "1250",
      description = "Bytes of an object's state on Kafka. Default: ${DEFAULT-VALUE}.")
  double stateBytes;

  @Option(
      names = "--effect-bytes",
      defaultValue = "150",
      description = "Bytes of what a sink tells of an event. Default: ${DEFAULT-VALUE}.")
  double effectBytes;

  @Option(
      names = "--replicas",
      defaultValue = "3",
      description = "Replicas of each topic. Default: ${DEFAULT-VALUE}.")
  int replicas;

  @Option(
      names = "--retention-days",
      defaultValue = "7",
      description = "Days that topics keep events. Default: ${DEFAULT-VALUE}.")
  double retentionDays;

  @Option(
      names = "--broker-megabytes",
      defaultValue = "100",
      description =
          "Megabytes a second that a broker takes, with those of its peers. Default: ${DEFAULT-VALUE}.")
  double brokerMegabytes;

  @Option(
      names = "--row-bytes",
      defaultValue = "4000",
      description =
          "Bytes of an upload in PostgreSQL: object, version, inbox, document, timeline. Default: ${DEFAULT-VALUE}.")
  double rowBytes;

  @Option(
      names = "--outage-minutes",
      defaultValue = "60",
      description =
          "How long the journal is to hold what arrives while Kafka is away. Default: ${DEFAULT-VALUE}.")
  double outageMinutes;
}
