package quayside.laptop.oss.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bytes that have been written to a file and flushed to the disk, but that no record names yet.
 *
 * @param file the file
 * @param sizeBytes its length
 * @param md5 upper-case hexadecimal MD5
 * @param crc64 see {@link Crc64#toString()}
 */
public record Content(Path file, long sizeBytes, String md5, String crc64) {
  private static final int BUFFER_BYTES = 64 * 1024;

  /**
   * Copies a stream into a new file and forces it to the disk. The file is removed again when that
   * fails.
   *
   * @throws IOException when reading or writing fails
   */
  static Content write(Path file, InputStream source) throws IOException {
    try {
      return copy(file, source);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static Content copy(Path file, InputStream source) throws IOException {
    MessageDigest md5 = newMd5();
    var crc = new Crc64();
    long size = 0;
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
        md5.update(buffer, 0, read);
        crc.update(buffer, 0, read);
        out.write(buffer, 0, read);
        size += read;
      }
      channel.force(true);
    }
    return new Content(
        file, size, HexFormat.of().withUpperCase().formatHex(md5.digest()), crc.toString());
  }

  /** Gives the bytes up. */
  public void discard() throws IOException {
    Files.deleteIfExists(file);
  }

  static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
