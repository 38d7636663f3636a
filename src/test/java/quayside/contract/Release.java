package quayside.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A version of the contract that was released: its schemas and its AsyncAPI document.
 *
 * @param folder where they are, below {@code schemas/released}
 */
record Release(Path folder) {
  static final Path ALL = SchemaFiles.FOLDER.resolve("released");

  private static final String CHECKSUMS = "SHA256SUMS";

  /** Every release, the oldest first by name. */
  static List<Release> all() {
    return files(ALL, 1).filter(Files::isDirectory).map(Release::new).toList();
  }

  /** Its schemas by file name. */
  Map<String, JsonNode> schemas() {
    Map<String, JsonNode> schemas = new TreeMap<>();
    files(folder, 1)
        .filter(file -> file.toString().endsWith(".schema.json"))
        .forEach(file -> schemas.put(file.getFileName().toString(), SchemaFiles.json(file)));
    return schemas;
  }

  AsyncApi api() {
    return AsyncApi.in(folder);
  }

  /** What the contract in a folder breaks of this release; empty when nothing. */
  List<Break> brokenBy(Path contract) {
    List<Break> breaks = new ArrayList<>();
    schemas()
        .forEach((name, schema) -> {
          Path working = contract.resolve(name);
          if (Files.exists(working)) {
            breaks.addAll(SchemaChanges.between(name, schema, SchemaFiles.json(working)));
          } else {
            breaks.add(new Break(name, Break.Rule.REMOVED, "is gone"));
          }
        });
    breaks.addAll(DocumentChanges.between(api(), AsyncApi.in(contract)));
    return breaks;
  }

  /** Released files that are not as they were released; empty when all are. */
  static List<String> tampered(Path releases) {
    Map<String, String> expected = new TreeMap<>();
    for (String line : lines(releases.resolve(CHECKSUMS))) {
      expected.put(line.substring(66), line.substring(0, 64));
    }
    List<String> tampered = new ArrayList<>();
    files(releases, 2)
        .filter(Files::isRegularFile)
        .map(file -> releases.relativize(file).toString())
        .filter(name -> !name.equals(CHECKSUMS))
        .forEach(name -> {
          String checksum = expected.remove(name);
          if (checksum == null) {
            tampered.add(name + ": was not released");
          } else if (!checksum.equals(sha256(releases.resolve(name)))) {
            tampered.add(name + ": was changed");
          }
        });
    expected.keySet().forEach(name -> tampered.add(name + ": is missing"));
    return tampered;
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }

  private static String sha256(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> !file.equals(folder)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
