package quayside.operate.redrive.service;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quayside.operate.redrive.RedriveOrder;

/**
 * Reads orders strictly: a misspelt condition must not become no condition. Stateless, thread-safe.
 */
public final class OrderReader {
  private static final int MAX_BYTES = 128 * 1024;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private OrderReader() {}

  /** Reads an order in which everything is said. */
  static RedriveOrder read(byte @Nullable [] body) {
    return read(body, RedriveOrder.class, order -> order);
  }

  /**
   * Reads an order.
   *
   * @param body JSON, or nothing at all
   * @param type as it is sent
   * @param order makes an order of it, or throws IllegalArgumentException
   * @throws DeadLetterException naming what cannot be read, or the rule that is broken
   */
  public static <T> RedriveOrder read(
      byte @Nullable [] body, Class<T> type, Function<T, RedriveOrder> order) {
    if (body == null || body.length > MAX_BYTES) {
      throw DeadLetterException.badRequest("body: must be JSON of at most " + MAX_BYTES + " bytes");
    }
    try {
      @Nullable T sent = JSON.readValue(body, type);
      if (sent == null) {
        throw DeadLetterException.badRequest("body: is the JSON literal null");
      }
      return order.apply(sent);
    } catch (JacksonException e) {
      throw DeadLetterException.badRequest(e);
    } catch (IllegalArgumentException e) {
      throw DeadLetterException.badRequest(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw DeadLetterException.badRequest("body: cannot be read");
    }
  }
}
