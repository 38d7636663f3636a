package quayside.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an event came to be published (extension {@code ingestpath}). */
public enum IngestPath {
  /** Straight from a verified OSS callback. */
  CALLBACK,
  /** From a verified callback, through the ingress journal because Kafka was away. */
  JOURNAL,
  /** From a comparison of bucket and catalog; no callback arrived. */
  RECONCILE,
  /** Moved back from a dead letter topic. */
  REDRIVE,
  /** Told by the catalog: what it holds of an object, not what happened to it. */
  CATALOG;

  /** The name of the extension attribute. */
  public static final String ATTRIBUTE = "ingestpath";

  /** The value of the CloudEvents extension attribute. */
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The path with this extension value, if there is one. */
  public static Optional<IngestPath> ofValue(String value) {
    return Arrays.stream(values()).filter(path -> path.value().equals(value)).findFirst();
  }
}
