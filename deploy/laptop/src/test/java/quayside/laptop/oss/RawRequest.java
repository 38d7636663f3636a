package quayside.laptop.oss;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** One recorded callback: request line, header lines as they came, body bytes. */
public record RawRequest(String requestLine, List<String> headerLines, byte[] bodyBytes) {

  static RawRequest ofHead(String head) {
    List<String> lines = List.of(head.split("\r\n"));
    return new RawRequest(lines.getFirst(), lines.subList(1, lines.size()), new byte[0]);
  }

  RawRequest withBody(byte[] body) {
    return new RawRequest(requestLine, headerLines, body);
  }

  public String body() {
    return new String(bodyBytes, StandardCharsets.UTF_8);
  }

  public String header(String name) {
    return headerLines.stream()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no header " + name + " in " + headerLines));
  }

  public List<String> headerNames() {
    return headerLines.stream().map(line -> line.substring(0, line.indexOf(':'))).toList();
  }

  /** The value of one field of a form body, decoded as a receiver decodes it. */
  public String field(String name) {
    for (String pair : body().split("&")) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError("no field " + name + " in " + body());
  }

  /**
   * Checks the signature without the production code or a signature API: sig^e mod n against the
   * whole PKCS#1 block.
   */
  public boolean isSignedWith(Path publicKeyFile) throws IOException, GeneralSecurityException {
    String pem = Files.readString(publicKeyFile).replaceAll("-----[A-Z ]+-----", "");
    var key =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
    byte[] signature = Base64.getDecoder().decode(header("Authorization"));
    BigInteger block =
        new BigInteger(1, signature).modPow(key.getPublicExponent(), key.getModulus());
    byte[] digestInfo =
        HexFormat.of()
            .parseHex(
                "003020300c06082a864886f70d020505000410" + HexFormat.of().formatHex(digest()));
    byte[] expected = new byte[64];
    Arrays.fill(expected, (byte) 0xff);
    expected[0] = 0;
    expected[1] = 1;
    System.arraycopy(digestInfo, 0, expected, 64 - digestInfo.length, digestInfo.length);
    return signature.length == 64 && block.equals(new BigInteger(1, expected));
  }

  /** MD5 of percent-decoded path, question mark and raw query if any, line feed, body. */
  private byte[] digest() throws GeneralSecurityException {
    String target = requestLine.split(" ")[1];
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    var toSign = new ByteArrayOutputStream();
    String keptPlus = path.replace("+", "%2B");
    toSign.writeBytes(
        URLDecoder.decode(keptPlus, StandardCharsets.ISO_8859_1)
            .getBytes(StandardCharsets.ISO_8859_1));
    toSign.writeBytes(
        (question < 0 ? "" : target.substring(question)).getBytes(StandardCharsets.UTF_8));
    toSign.write('\n');
    toSign.writeBytes(bodyBytes);
    return MessageDigest.getInstance("MD5").digest(toSign.toByteArray());
  }
}
