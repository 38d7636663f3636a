package quayside.nativeimage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Our classes that the ingress flavour has: all but those the pom excludes from it. */
final class IngressClasses {
  private static final Pattern EXCLUDE = Pattern.compile("<exclude>(quayside/.+)/\\*\\*</exclude>");

  static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("quayside")
          .that(DescribedPredicate.not(inAnyOf(excludedPackages())));

  private IngressClasses() {}

  private static DescribedPredicate<JavaClass> inAnyOf(List<String> packages) {
    return DescribedPredicate.describe(
        "excluded from the ingress",
        type ->
            packages.stream()
                .anyMatch(name -> (type.getPackageName() + ".").startsWith(name + ".")));
  }

  private static List<String> excludedPackages() {
    try {
      List<String> packages =
          EXCLUDE
              .matcher(Files.readString(Path.of("pom.xml")))
              .results()
              .map((MatchResult exclude) -> exclude.group(1).replace('/', '.'))
              .toList();
      if (!packages.contains("quayside.sink")) {
        throw new IllegalStateException("pom.xml: the excludes of the ingress are not found");
      }
      return packages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
