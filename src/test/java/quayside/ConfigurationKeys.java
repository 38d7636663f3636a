package quayside;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Every key that configures the service: our own, those of the framework's extensions, and the
 * variables that our defaults refer to. To find out whether a variable in a deployment means
 * anything.
 */
final class ConfigurationKeys {
  private static final List<Path> DEFAULTS =
      List.of(
          Path.of("src/main/resources/application.properties"),
          Path.of("src/main/resources-all/META-INF/microprofile-config.properties"));
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)[:}]");

  /** The framework reads it before there are any extensions. */
  private static final String PROFILE = "quarkus.profile";

  private final Set<Pattern> variables = new HashSet<>();

  private ConfigurationKeys() {}

  static ConfigurationKeys ofBothFlavours() throws IOException {
    ConfigurationKeys keys = new ConfigurationKeys();
    keys.add(PROFILE);
    for (Path file : DEFAULTS) {
      keys.addDefaults(file);
    }
    new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("quayside").stream()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .forEach(type -> keys.addMapping(type.getName()));
    for (URL roots :
        Collections.list(
            ConfigurationKeys.class
                .getClassLoader()
                .getResources("META-INF/quarkus-config-roots.list"))) {
      new String(roots.openStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(keys::addMapping);
    }
    return keys;
  }

  /** Whether an environment variable configures something. */
  boolean know(String variable) {
    return variables.stream().anyMatch(known -> known.matcher(variable).matches());
  }

  private void addDefaults(Path file) throws IOException {
    Properties defaults = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      defaults.load(reader);
    }
    defaults.stringPropertyNames().forEach(key -> add(key.replaceFirst("^%[^.]+\\.", "")));
    VARIABLE
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult variable) -> variable.group(1))
        .forEach(name -> variables.add(Pattern.compile(name)));
  }

  private void addMapping(String className) {
    try {
      Class<?> type = Class.forName(className, false, ConfigurationKeys.class.getClassLoader());
      if (type.isAnnotationPresent(ConfigMapping.class)) {
        ConfigMappings.getProperties(ConfigClass.configClass(type)).keySet().forEach(this::add);
      }
    } catch (ClassNotFoundException | NoClassDefFoundError absent) {
      // An optional part of an extension.
    }
  }

  /** By the rule of MicroProfile Config; a star stands for a name that the user chooses. */
  private void add(String key) {
    String variable =
        StringUtil.replaceNonAlphanumericByUnderscores(key.replace("*", "0STAR0"))
            .toUpperCase(Locale.ROOT);
    variables.add(Pattern.compile(variable.replace("0STAR0", "\\w+")));
  }
}
