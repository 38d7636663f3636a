package quayside.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far an event can be trusted; each level includes the ones before it. */
public enum VerificationLevel {
  /**
   * The OSS service signed these bytes. Its key is shared by all OSS customers and has 512 bits, so
   * this alone is a filter, not proof.
   */
  SIGNATURE,
  /** Carries an unexpired grant token minted by us for this object. */
  GRANT,
  /** A HEAD on the bucket agreed on ETag and size. */
  CONFIRMED;

  /** The value in the event. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
