package quayside.operate.explain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;
import quayside.signature.PercentCoding;
import quayside.signature.PublicKey;

/**
 * The signature in an Authorization header, also from one that was altered in a way that can be
 * undone.
 *
 * @param signature the decoded signature, as long as the key
 * @param changes what was undone; empty when the header is as OSS sends it
 */
record SignatureReading(Bytes signature, List<Change> changes) {

  SignatureReading {
    changes = List.copyOf(changes);
  }

  /** The first reading that gives as many bytes as the key has. */
  static Optional<SignatureReading> of(String header) {
    return readings(header).stream()
        .filter(reading -> reading.signature().length() == PublicKey.BYTES)
        .findFirst();
  }

  /** What is wrong with a header that has no reading. */
  static String defect(String header) {
    Bytes bytes = base64(Base64.getDecoder(), header);
    if (bytes == null) {
      bytes = base64(Base64.getMimeDecoder(), header.replaceAll("=+$", ""));
      return "the Authorization header is not Base64"
          + (bytes == null ? "" : "; read tolerantly it has " + bytes.length() + " bytes, not 64");
    }
    String verb = bytes.length() < PublicKey.BYTES ? "truncated" : "too long";
    return "the signature is " + verb + ": " + bytes.length() + " bytes, where OSS sends 64";
  }

  private static List<SignatureReading> readings(String header) {
    List<SignatureReading> readings = new ArrayList<>();
    add(readings, base64(Base64.getDecoder(), header), null, "");
    String plain = header.strip();
    int space = plain.indexOf(' ');
    if (space > 0 && space < 20) {
      String rest = plain.substring(space + 1).strip();
      String word = plain.substring(0, space);
      add(
          readings,
          tolerant(rest),
          Accident.SIGNATURE_SCHEME_ADDED,
          "the word " + word + " was put before it");
    }
    add(
        readings,
        tolerant(plain.replace(' ', '+')),
        Accident.SIGNATURE_ALTERED,
        "its plus signs became spaces");
    String decoded = PercentCoding.formDecode(plain.replace("+", "%2B"));
    if (decoded != null) {
      add(readings, tolerant(decoded), Accident.SIGNATURE_ALTERED, "it was percent-encoded");
    }
    add(
        readings,
        tolerant(plain.replaceAll("[\\s\"']", "")),
        Accident.SIGNATURE_ALTERED,
        "white space or quotation marks were added");
    add(
        readings,
        base64(Base64.getUrlDecoder(), plain),
        Accident.SIGNATURE_ALTERED,
        "it was written in the URL alphabet of Base64");
    if (plain.matches("[0-9a-fA-F]{128}")) {
      add(
          readings,
          Bytes.copyOf(HexFormat.of().parseHex(plain)),
          Accident.SIGNATURE_ALTERED,
          "it was written in hexadecimal");
    }
    return readings;
  }

  private static void add(
      List<SignatureReading> readings,
      @Nullable Bytes bytes,
      @Nullable Accident accident,
      String detail) {
    if (bytes != null) {
      List<Change> changes =
          accident == null
              ? List.of()
              : List.of(new Change(accident, "the Authorization header was altered: " + detail));
      readings.add(new SignatureReading(bytes, changes));
    }
  }

  private static @Nullable Bytes tolerant(String text) {
    return base64(Base64.getDecoder(), text.replaceAll("=+$", ""));
  }

  private static @Nullable Bytes base64(Base64.Decoder decoder, String text) {
    try {
      return Bytes.copyOf(decoder.decode(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }
}
