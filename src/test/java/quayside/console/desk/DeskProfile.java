package quayside.console.desk;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import quayside.grant.BearerTokens;

/** An operator and somebody who is none, by API key and by bearer token; two buckets. */
public class DeskProfile implements QuarkusTestProfile {
  private static final String OPERATOR_KEY = "operator-0123456789abcdef0123456789";
  private static final String OTHER_KEY = "other-0123456789abcdef0123456789";

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> config = new HashMap<>();
    config.put("mp.jwt.verify.publickey", BearerTokens.publicKey());
    config.put("mp.jwt.verify.issuer", BearerTokens.ISSUER);
    config.put("quayside.grant.api-keys.ada", sha256(OPERATOR_KEY));
    config.put("quayside.grant.api-keys.other", sha256(OTHER_KEY));
    config.put("quayside.console.operators", "ada,grace");
    config.put("quayside.console.operator-role", "on-call");
    config.put("quayside.grant.keys.k1", "0123456789abcdef0123456789abcdef");
    config.put("quayside.grant.buckets.photos.prefixes", "*");
    config.put("quayside.grant.buckets.photos.max-size", "2M");
    config.put("quayside.grant.buckets.archive.prefixes", "*");
    config.put("quayside.grant.buckets.archive.max-size", "5M");
    config.put("quayside.grant.callback-urls", "https://app.example.com/oss/callback");
    config.put("quayside.grant.oss.access-key-id", "ak");
    config.put("quayside.grant.oss.access-key-secret", "sk");
    config.put("quayside.grant.oss.region", "cn-hangzhou");
    config.put("quayside.grant.oss.endpoint", "https://oss-cn-hangzhou.aliyuncs.com");
    return config;
  }

  static RequestSpecification operator() {
    return given().header("X-Api-Key", OPERATOR_KEY);
  }

  static RequestSpecification other() {
    return given().header("X-Api-Key", OTHER_KEY);
  }

  static RequestSpecification bearer(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private static String sha256(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
