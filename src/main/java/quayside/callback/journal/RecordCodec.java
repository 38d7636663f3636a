package quayside.callback.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.event.EventRecord;

/**
 * The bytes of a record, format version 1 (big-endian, text as UTF-8):
 *
 * <pre>
 * 1  version
 * 4  length of the key, or -1 for none     n  key
 * 2  number of headers; for each:          2  length of the name   n  name   4  length of the value   n  value
 * 4  length of the value                   n  value
 * </pre>
 *
 * Checksum, length and sequence stand before it in the {@link FrameHeader}. Stateless.
 */
final class RecordCodec {
  static final int VERSION = 1;
  private static final int MAX_SHORT = 0xFFFF;

  private RecordCodec() {}

  /** The bytes have a good checksum but are no record of version 1. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }

  /**
   * The record's bytes.
   *
   * @throws JournalRefusedException when they are more than {@code maxBytes}
   */
  static byte[] encode(EventRecord record, int maxBytes) {
    byte @Nullable [] key = record.key() == null ? null : record.key().getBytes(UTF_8);
    List<byte[]> texts = new ArrayList<>(2 * record.headers().size());
    long size = 1 + 4 + (key == null ? 0 : key.length) + 2 + 4 + (long) record.value().length;
    for (Map.Entry<String, String> header : record.headers().entrySet()) {
      byte[] name = header.getKey().getBytes(UTF_8);
      byte[] value = header.getValue().getBytes(UTF_8);
      requireShort("header name bytes", name.length);
      texts.add(name);
      texts.add(value);
      size += 2 + name.length + 4 + value.length;
    }
    requireShort("headers", record.headers().size());
    if (size > maxBytes) {
      throw new JournalRefusedException(
          Refusal.TOO_LARGE, "record of " + size + " bytes is over the limit of " + maxBytes);
    }
    return write(key, texts, record.value(), (int) size);
  }

  private static byte[] write(byte @Nullable [] key, List<byte[]> texts, byte[] value, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.put((byte) VERSION);
    if (key == null) {
      bytes.putInt(-1);
    } else {
      bytes.putInt(key.length).put(key);
    }
    bytes.putShort((short) (texts.size() / 2));
    for (int i = 0; i < texts.size(); i += 2) {
      bytes.putShort((short) texts.get(i).length).put(texts.get(i));
      bytes.putInt(texts.get(i + 1).length).put(texts.get(i + 1));
    }
    bytes.putInt(value.length).put(value);
    return bytes.array();
  }

  private static void requireShort(String what, int size) {
    if (size > MAX_SHORT) {
      throw new JournalRefusedException(
          Refusal.TOO_LARGE, what + ": " + size + " is over the limit of " + MAX_SHORT);
    }
  }

  /**
   * Reads one record, from the buffer's position to its limit. Allocates no more than the buffer
   * holds.
   *
   * @throws MalformedException when the bytes are no record
   * @throws JournalVersionException when a later version wrote them
   */
  static EventRecord decode(ByteBuffer bytes) throws MalformedException, JournalVersionException {
    try {
      int version = Byte.toUnsignedInt(bytes.get());
      if (version != VERSION) {
        throw new JournalVersionException("a record", version, VERSION);
      }
      int keyLength = bytes.getInt();
      String key = keyLength == -1 ? null : text(bytes, keyLength);
      int count = Short.toUnsignedInt(bytes.getShort());
      Map<String, String> headers = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        String name = text(bytes, Short.toUnsignedInt(bytes.getShort()));
        headers.put(name, text(bytes, bytes.getInt()));
      }
      byte[] value = slice(bytes, bytes.getInt());
      if (bytes.hasRemaining()) {
        throw new MalformedException(bytes.remaining() + " bytes follow the record");
      }
      return new EventRecord(key, headers, value);
    } catch (BufferUnderflowException e) {
      throw new MalformedException("the record ends early");
    }
  }

  private static String text(ByteBuffer bytes, int length) throws MalformedException {
    return new String(slice(bytes, length), UTF_8);
  }

  private static byte[] slice(ByteBuffer bytes, int length) throws MalformedException {
    if (length < 0 || length > bytes.remaining()) {
      throw new MalformedException(
          "length " + length + " is not within the " + bytes.remaining() + " bytes left");
    }
    byte[] slice = new byte[length];
    bytes.get(slice);
    return slice;
  }
}
