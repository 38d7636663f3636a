package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a signature covers, as the CloudEvents extension "Verifiable CloudEvents with DSSE" has it:
 * a digest of the core attributes and the data, a digest of those extension attributes that nobody
 * changes on the way, and their names. Not {@code ingestpath}, which the journal and a redrive
 * change. Times count to the second, as the extension demands. Stateless.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/verifiability.md">Verifiable
 *     CloudEvents with DSSE, Signing Protocol</a>
 */
final class VerificationMaterial {
  private VerificationMaterial() {}

  /**
   * The material of an event: JSON in UTF-8.
   *
   * @param data as it is written, or null for a tombstone, which has no media type either
   */
  static byte[] of(CloudEvent<?> event, byte @Nullable [] data) {
    List<@Nullable String> core = coreAttributes(event, data == null ? null : EventCodec.JSON);
    byte[] signed = data == null ? new byte[0] : data;
    return of(core, signed, signedExtensions(event)).getBytes(UTF_8);
  }

  /**
   * The material as JSON.
   *
   * @param core the core attributes in the extension's order; null for one that is absent
   * @param extensions signed extension attributes and their values, in their order
   */
  static String of(List<@Nullable String> core, byte[] data, Map<String, String> extensions) {
    List<byte[]> signed = new ArrayList<>(core.size() + 1);
    core.forEach(text -> signed.add(bytes(text)));
    signed.add(data);
    String material = "{\"core\":\"" + digest(signed) + "\"";
    if (!extensions.isEmpty()) {
      List<byte[]> values = extensions.values().stream().map(VerificationMaterial::bytes).toList();
      String names = "\"" + String.join("\",\"", extensions.keySet()) + "\"";
      material += ",\"ext\":\"" + digest(values) + "\",\"signedextattrs\":[" + names + "]";
    }
    return material + "}";
  }

  private static List<@Nullable String> coreAttributes(
      CloudEvent<?> event, @Nullable String dataContentType) {
    return Arrays.asList(
        event.id(),
        event.source(),
        EventCodec.SPEC_VERSION,
        event.type().ceType(),
        dataContentType,
        event.type().dataSchema().toString(),
        event.subject(),
        seconds(event.time()));
  }

  private static Map<String, String> signedExtensions(CloudEvent<?> event) {
    Map<String, String> signed = new LinkedHashMap<>();
    signed.put("recordedtime", seconds(event.recordedTime()));
    if (event.partitionKey() != null) {
      signed.put("partitionkey", event.partitionKey());
    }
    signed.put("sequence", Long.toString(event.sequence()));
    if (event.causationId() != null) {
      signed.put("causationid", event.causationId());
    }
    return signed;
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static byte[] bytes(@Nullable String text) {
    return text == null ? new byte[0] : text.getBytes(UTF_8);
  }

  /** SHA-256 over the SHA-256 of each part, in Base64. */
  private static String digest(List<byte[]> parts) {
    MessageDigest each = sha256();
    MessageDigest all = sha256();
    parts.forEach(part -> all.update(each.digest(part)));
    return Base64.getEncoder().encodeToString(all.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
