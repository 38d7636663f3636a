package quayside.grant.token;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Names one grant: 128 random bits.
 *
 * @param high first 64 bits
 * @param low last 64 bits
 */
public record GrantId(long high, long low) {

  /**
   * A new id; {@code random} must be cryptographically strong, since object keys are made of it.
   */
  public static GrantId random(RandomGenerator random) {
    return new GrantId(random.nextLong(), random.nextLong());
  }

  /** 32 lower-case hexadecimal digits. */
  public String text() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }

  @Override
  public String toString() {
    return text();
  }
}
