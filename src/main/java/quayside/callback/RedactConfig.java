package quayside.callback;

import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/**
 * The part {@code quayside.callback.redact} of the edge's configuration: what leaves it only as a
 * pseudonym, or not at all.
 */
interface RedactConfig {
  /** Stands for all names that have no action of their own. */
  String ALL = "*";

  /** The uploader's address, under whichever of its names the body gives it. */
  @WithDefault("keep")
  RedactAction clientIp();

  /** The uploader's VPC, likewise. */
  @WithDefault("keep")
  RedactAction vpcId();

  /** Account id of the uploader. */
  @WithDefault("keep")
  RedactAction requester();

  /** Custom variables by name; {@code *} for all others. */
  Map<String, RedactAction> variables();

  /** Body fields that map to nothing, by name; {@code *} for all others. */
  Map<String, RedactAction> fields();

  /** Secret that makes pseudonyms, at least 32 bytes; needed where anything is hashed. */
  Optional<String> key();
}
