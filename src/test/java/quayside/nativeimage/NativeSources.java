package quayside.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the augmentation hands to the builder of native executables: the application's jar with the
 * generated metadata and the generated feature, the libraries, the builder's arguments.
 */
final class NativeSources {
  private static final String METADATA = "META-INF/native-image/";
  private static final Pattern CLASS_NAME = Pattern.compile("([a-z_][\\w]*\\.)+[A-Z][\\w$]*");
  private static final Pattern NATIVE_LIBRARY = Pattern.compile(".*\\.(so|dylib|jnilib|dll)");
  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;

  NativeSources(Path directory) {
    this.directory = directory;
  }

  /** All of it, as lines {@code kind name}. */
  SortedSet<Requirement> requirements() throws IOException {
    SortedSet<Requirement> all = new TreeSet<>();
    try (JarFile runner = new JarFile(runner().toFile())) {
      reflection(runner, all);
      names(runner, "jni-config.json", "", "name", all, "jni");
      names(runner, "proxy-config.json", "", "interfaces", all, "proxy");
      names(runner, "resource-config.json", "/resources/includes", "pattern", all, "resource");
      names(runner, "resource-config.json", "/bundles", "name", all, "bundle");
      names(runner, "serialization-config.json", "/types", "name", all, "serialization");
      runtimeInitialised(runner).forEach(name -> all.add(new Requirement("run-time", name)));
    }
    for (Path library : libraries()) {
      String name = library.getFileName().toString().replaceFirst("-\\d.*", "");
      if (hasEntry(library, entry -> entry.startsWith(METADATA))) {
        all.add(new Requirement("metadata", name));
      }
      if (hasEntry(library, entry -> NATIVE_LIBRARY.matcher(entry).matches())) {
        all.add(new Requirement("machine-code", name));
      }
    }
    features().forEach(name -> all.add(new Requirement("feature", name)));
    return all;
  }

  /** The builder's arguments. */
  List<String> arguments() throws IOException {
    return List.of(Files.readString(directory.resolve("native-image.args")).split("\\s+"));
  }

  private Path runner() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith("-runner.jar")).findAny().orElseThrow();
    }
  }

  private List<Path> libraries() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("lib"))) {
      return files.sorted().toList();
    }
  }

  private List<String> features() throws IOException {
    List<String> features = new ArrayList<>();
    for (String argument : arguments()) {
      if (argument.startsWith("--features=")) {
        features.addAll(List.of(argument.substring("--features=".length()).split(",")));
      }
    }
    return features;
  }

  private static void names(
      JarFile jar,
      String file,
      String pointer,
      String member,
      SortedSet<Requirement> into,
      String kind)
      throws IOException {
    JarEntry entry = jar.getJarEntry(METADATA + file);
    if (entry == null) {
      return;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      for (JsonNode node : JSON.readTree(in).at(pointer)) {
        JsonNode name = node.path(member);
        into.add(new Requirement(kind, name.isTextual() ? name.asText() : node.toString()));
      }
    }
  }

  /**
   * Whole classes; and single members, which is how the framework calls what is not public in
   * beans.
   */
  private static void reflection(JarFile jar, SortedSet<Requirement> into) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getJarEntry(METADATA + "reflect-config.json"))) {
      for (JsonNode type : JSON.readTree(in)) {
        boolean whole = type.properties().stream().anyMatch(it -> it.getKey().startsWith("all"));
        into.add(new Requirement(whole ? "reflection" : "member", type.path("name").asText()));
      }
    }
  }

  /** The generated feature loads each such class by name to say so. */
  private static List<String> runtimeInitialised(JarFile jar) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getJarEntry("io/quarkus/runner/Feature.class"))) {
      return StreamSupport.stream(
              ClassFile.of().parse(in.readAllBytes()).constantPool().spliterator(), false)
          .mapMulti((PoolEntry entry, Consumer<String> texts) -> {
            if (entry instanceof StringEntry text) {
              texts.accept(text.stringValue());
            }
          })
          .filter(CLASS_NAME.asMatchPredicate())
          .toList();
    }
  }

  private static boolean hasEntry(Path file, java.util.function.Predicate<String> wanted) {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory())
          .map(JarEntry::getName)
          .anyMatch(wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
