package quayside.grant;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/** Bearer tokens as an identity provider would make them, with a key of this test run. */
public final class BearerTokens {
  public static final String ISSUER = "https://issuer.example.com";

  // System properties, since Quarkus loads the profile and the test in different class loaders.
  private static final String PUBLIC = "test.quayside.jwt.public";
  private static final String PRIVATE = "test.quayside.jwt.private";

  private BearerTokens() {}

  public static synchronized String publicKey() {
    if (System.getProperty(PUBLIC) == null) {
      KeyPair pair = newKeyPair();
      System.setProperty(PUBLIC, Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
      System.setProperty(
          PRIVATE, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
    }
    return System.getProperty(PUBLIC);
  }

  public static String valid(String subject, String... groups) {
    return claims(subject, groups).expiresIn(Duration.ofMinutes(5)).sign(privateKey());
  }

  public static String expired(String subject) {
    Instant then = Instant.now().minusSeconds(7200);
    return claims(subject).issuedAt(then).expiresAt(then.plusSeconds(60)).sign(privateKey());
  }

  static String ofAnotherIssuer(String subject) {
    return claims(subject)
        .issuer("https://other.example.com")
        .expiresIn(Duration.ofMinutes(5))
        .sign(privateKey());
  }

  public static String withoutSubject() {
    return Jwt.issuer(ISSUER).upn("alice").expiresIn(Duration.ofMinutes(5)).sign(privateKey());
  }

  static String signedByAnotherKey(String subject) {
    return claims(subject).expiresIn(Duration.ofMinutes(5)).sign(newKeyPair().getPrivate());
  }

  /** The classic attack: the public key, which everybody knows, used as the secret of an HMAC. */
  static String signedWithThePublicKey(String subject) {
    return claims(subject).expiresIn(Duration.ofMinutes(5)).signWithSecret(publicKey());
  }

  private static JwtClaimsBuilder claims(String subject, String... groups) {
    return Jwt.issuer(ISSUER).subject(subject).groups(Set.of(groups));
  }

  private static PrivateKey privateKey() {
    publicKey();
    try {
      byte[] encoded = Base64.getDecoder().decode(System.getProperty(PRIVATE));
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
