package quayside.grant.token;

import static quayside.grant.token.GrantPayload.readText;
import static quayside.grant.token.GrantPayload.writeText;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Writes tickets as text that only we can have made, and reads them back: nothing of a multipart
 * upload is kept here. Signed as grant tokens are, but of another version, so that none is taken
 * for the other. Inside are the signature version and the holder, the bytes of the grant after
 * their length in two bytes, then names and values of the variables; texts as in a grant.
 * Thread-safe.
 */
public final class UploadTickets {
  private static final String VERSION = "m1";

  /** Characters. The largest grant and variables that fit into a callback need about 10,000. */
  private static final int MAX_LENGTH = 16 * 1024;

  private static final Pattern FORM = UnverifiedToken.form(VERSION, MAX_LENGTH);

  private final Supplier<GrantKeyRing> keys;
  private final Clock clock;

  /** Signs with, and verifies by, the keys of the grants. */
  public UploadTickets(Supplier<GrantKeyRing> keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The text of a ticket.
   *
   * @throws IllegalStateException when there is no key to sign with
   */
  public String mint(UploadTicket ticket) {
    GrantKey key =
        keys.get().signing().orElseThrow(() -> new IllegalStateException("there is no grant key"));
    String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(write(ticket));
    String signed = VERSION + "." + key.id() + "." + payload;
    return signed + "." + key.mac(signed);
  }

  /**
   * The ticket of a text.
   *
   * @param text as it came, whatever it is
   * @throws GrantRefusedException when it is not ours, or its grant has expired
   */
  public UploadTicket verify(String text) throws GrantRefusedException {
    UnverifiedToken parsed = UnverifiedToken.parse(text, FORM, MAX_LENGTH);
    parsed.signer(keys.get());
    UploadTicket ticket = read(parsed.payload());
    if (!clock.instant().isBefore(ticket.grant().expires())) {
      throw new GrantRefusedException(GrantRefusal.EXPIRED);
    }
    return ticket;
  }

  private static byte[] write(UploadTicket ticket) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream(256)) {
      DataOutputStream out = new DataOutputStream(bytes);
      writeText(out, ticket.signatureVersion());
      writeText(out, ticket.holder());
      byte[] grant = GrantPayload.write(ticket.grant());
      out.writeShort(grant.length);
      out.write(grant);
      for (Map.Entry<String, String> variable : new TreeMap<>(ticket.variables()).entrySet()) {
        writeText(out, variable.getKey());
        writeText(out, variable.getValue());
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory is always writable", e);
    }
  }

  private static UploadTicket read(String payload) throws GrantRefusedException {
    try {
      ByteBuffer in = ByteBuffer.wrap(Base64.getUrlDecoder().decode(payload));
      String version = readText(in);
      String holder = readText(in);
      byte[] grant = new byte[Short.toUnsignedInt(in.getShort())];
      in.get(grant);
      Map<String, String> variables = new HashMap<>();
      while (in.hasRemaining()) {
        variables.put(readText(in), readText(in));
      }
      return new UploadTicket(GrantPayload.read(grant), holder, version, variables);
    } catch (IllegalArgumentException | BufferUnderflowException | CharacterCodingException e) {
      throw new GrantRefusedException(GrantRefusal.MALFORMED);
    }
  }
}
