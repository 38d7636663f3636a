package quayside.configuration;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.List;

/** The configuration interfaces of the application, as they lie on the class path. */
final class Interfaces {
  private static final ImportOption MAIN_CODE = location -> !location.contains("/test-classes/");

  private Interfaces() {}

  static List<ConfigClass> all() {
    return new ClassFileImporter()
        .withImportOption(MAIN_CODE).importPackages("quayside").stream()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .map(JavaClass::reflect)
            .map(ConfigClass::configClass)
            .toList();
  }
}
