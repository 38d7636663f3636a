package quayside.grant.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where keys come from: configuration, and a directory with one file for each key (name: the id,
 * content: the secret), such as a mounted Kubernetes Secret. A file named {@code signing-key} says
 * which one signs; without it and without configuration the last id in alphabetical order signs, so
 * ids that are dates rotate by themselves. Hidden files and directories are skipped.
 *
 * @param configured secrets by id
 * @param directory with further keys
 * @param signingId which key signs, before what the directory says
 */
public record GrantKeySource(
    Map<String, String> configured, Optional<Path> directory, Optional<String> signingId) {
  private static final String SIGNING_KEY_FILE = "signing-key";

  public GrantKeySource {
    configured = Map.copyOf(configured);
  }

  /**
   * Reads the keys as they are now.
   *
   * @throws IOException when the directory or a file in it cannot be read
   * @throws IllegalArgumentException when a key is not usable or the signing key is unknown
   */
  public GrantKeyRing read() throws IOException {
    Map<String, String> files = directory.isPresent() ? files(directory.get()) : new TreeMap<>();
    Optional<String> inFile =
        Optional.ofNullable(files.remove(SIGNING_KEY_FILE)).map(String::strip);
    Map<String, String> secrets = new TreeMap<>(configured);
    secrets.putAll(files);
    TreeMap<String, GrantKey> keys = new TreeMap<>();
    secrets.forEach((id, secret) -> keys.put(id, GrantKey.of(id, secret)));
    Optional<String> last = keys.isEmpty() ? Optional.empty() : Optional.of(keys.lastKey());
    return new GrantKeyRing(keys, signingId.or(() -> inFile).or(() -> last));
  }

  private static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".") && Files.isRegularFile(file)) {
          contents.put(name, Files.readString(file));
        }
      }
    }
    return contents;
  }
}
