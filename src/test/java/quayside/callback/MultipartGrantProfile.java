package quayside.callback;

import java.util.Map;
import quayside.grant.BearerTokens;

/** As for other grants, and bearer tokens beside the API key. */
public final class MultipartGrantProfile extends GrantRequiredTest.Configured {
  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> config = super.getConfigOverrides();
    config.put("mp.jwt.verify.publickey", BearerTokens.publicKey());
    config.put("mp.jwt.verify.issuer", BearerTokens.ISSUER);
    config.put("quayside.grant.max-parts", "5");
    return config;
  }
}
