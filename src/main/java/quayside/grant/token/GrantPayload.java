package quayside.grant.token;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import quayside.grant.token.KeyScope.Exactly;
import quayside.grant.token.KeyScope.Under;

/**
 * The bytes of a grant inside a token: id (16), expiry in Unix seconds (8), size (8), kind of key
 * scope (1), then texts in UTF-8, each after its length in two bytes: key, bucket, subject, content
 * types. Stateless.
 */
final class GrantPayload {
  private static final byte EXACTLY = 0;
  private static final byte UNDER = 1;

  private GrantPayload() {}

  static byte[] write(Grant grant) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream(128)) {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeLong(grant.id().high());
      out.writeLong(grant.id().low());
      out.writeLong(grant.expires().getEpochSecond());
      out.writeLong(grant.maxSizeBytes());
      out.writeByte(grant.keys() instanceof Exactly ? EXACTLY : UNDER);
      writeText(out, grant.keys().text());
      writeText(out, grant.bucket());
      writeText(out, grant.subject());
      for (String type : grant.contentTypes()) {
        writeText(out, type);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory is always writable", e);
    }
  }

  /**
   * Reads a grant.
   *
   * @throws IllegalArgumentException when the bytes are not exactly one valid grant
   */
  static Grant read(byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload);
    try {
      GrantId id = new GrantId(in.getLong(), in.getLong());
      Instant expires = Instant.ofEpochSecond(in.getLong());
      long maxSizeBytes = in.getLong();
      KeyScope keys = keys(in.get(), readText(in));
      String bucket = readText(in);
      String subject = readText(in);
      return new Grant(id, bucket, keys, maxSizeBytes, contentTypes(in), subject, expires);
    } catch (BufferUnderflowException | CharacterCodingException | DateTimeException e) {
      throw new IllegalArgumentException("payload is not a grant", e);
    }
  }

  private static KeyScope keys(byte kind, String text) {
    return switch (kind) {
      case EXACTLY -> new Exactly(text);
      case UNDER -> new Under(text);
      default -> throw new IllegalArgumentException("kind of key scope " + kind + " is unknown");
    };
  }

  private static Set<String> contentTypes(ByteBuffer in) throws CharacterCodingException {
    Set<String> types = new LinkedHashSet<>();
    while (in.hasRemaining()) {
      if (!types.add(readText(in))) {
        throw new IllegalArgumentException("content types must be distinct");
      }
    }
    return types;
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeShort(utf8.length);
    out.write(utf8);
  }

  static String readText(ByteBuffer in) throws CharacterCodingException {
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer utf8 = in.slice(in.position(), length);
    in.position(in.position() + length);
    return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
  }
}
