package quayside.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quayside.PackagedProcess;

/**
 * The ingress of the production overlay, with the very files that its pods get, where Kubernetes
 * would mount them: they are found, accepted and in force.
 */
class ManifestSettingsIT {
  private static final Path MANIFESTS = Path.of("deploy/kubernetes");
  private static final List<String> SETTINGS =
      List.of(
          "base/quayside.properties",
          "base/ingress/ingress.properties",
          "components/kafka/kafka.properties",
          "overlays/production/production.properties",
          "overlays/production/production-ingress.properties");
  private static final String API_KEY = "key-of-the-app";

  @TempDir Path folder;

  @Test
  void settingsOfAPod_areInForce() throws Exception {
    Path keys = Files.createDirectories(folder.resolve("grant-keys"));
    Files.write(keys.resolve("2026-11"), new byte[32]);
    Map<String, String> environment =
        Map.of(
            "QUAYSIDE_ROLES", "callback,grants",
            "QUARKUS_CONFIG_LOCATIONS", mounted().toString(),
            "QUAYSIDE_GRANT_OSS_ACCESS_KEY_ID", "id",
            "QUAYSIDE_GRANT_OSS_ACCESS_KEY_SECRET", "secret",
            "QUAYSIDE_GRANT_API_KEYS_APP", sha256(API_KEY));

    try (PackagedProcess ingress =
        PackagedProcess.begin(onThisMachine(keys), environment).awaitListening()) {
      String object = "{\"bucket\":\"uploads\",\"key\":\"app/a.jpg\"}";
      assertThat(ingress.post("/api/grants", "x", object).statusCode()).isEqualTo(401);
      assertThat(ingress.post("/api/grants", API_KEY, object).body())
          .contains("uploads.oss-cn-hangzhou.aliyuncs.com");
      assertThat(ingress.post("/api/grants", API_KEY, object.replace("app/", "other/")).body())
          .contains("key-not-allowed");
      assertThat(ingress.post("/oss/callback").body()).contains("authorization-missing");
      assertThat(ingress.get("/api/search?q=a").statusCode()).isEqualTo(404);
    }
  }

  /** As a volume is: the names are links into a folder that is swapped when something changes. */
  private Path mounted() throws IOException {
    Path settings = Files.createDirectories(folder.resolve("settings"));
    Path data = Files.createDirectories(settings.resolve("..2026_11_28_05_00_00.1"));
    Files.createSymbolicLink(settings.resolve("..data"), data.getFileName());
    for (String file : SETTINGS) {
      Path source = MANIFESTS.resolve(file);
      Files.copy(source, data.resolve(source.getFileName()));
      Files.createSymbolicLink(
          settings.resolve(source.getFileName()), Path.of("..data").resolve(source.getFileName()));
    }
    return settings;
  }

  /** What a laptop has elsewhere. */
  private Map<String, String> onThisMachine(Path keys) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("quarkus.http.port", "0");
    settings.put("quarkus.management.port", "0");
    settings.put("quarkus.http.host", "127.0.0.1");
    settings.put("quarkus.management.host", "127.0.0.1");
    settings.put("kafka.bootstrap.servers", "127.0.0.1:1");
    settings.put("kafka.security.protocol", "PLAINTEXT");
    settings.put("quayside.journal.directory", folder.resolve("journal").toString());
    settings.put("quayside.grant.key-directory", keys.toString());
    return settings;
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }
}
