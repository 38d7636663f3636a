package quayside.nativeimage;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/**
 * A native executable is made from classes that are already initialised, on the machine that builds
 * it, and knows by reflection only what it was told of. Each rule is something that works on a JVM
 * and not there.
 */
class NativeRulesTest {
  /** What belongs to one process: the builder refuses it, or bakes the builder's own into all. */
  private static final DescribedPredicate<JavaClass> OF_ONE_PROCESS =
      assignableTo(java.util.Random.class)
          .or(assignableTo(Thread.class))
          .or(assignableTo(java.util.concurrent.Executor.class))
          .or(assignableTo(java.nio.channels.Channel.class))
          .or(assignableTo(java.net.http.HttpClient.class))
          .or(assignableTo(java.io.Closeable.class))
          .or(assignableTo(java.lang.ref.Cleaner.class))
          .or(assignableTo(java.time.Clock.class))
          .or(assignableTo(java.time.Instant.class))
          .or(assignableTo(java.net.InetAddress.class))
          .or(assignableTo(java.nio.MappedByteBuffer.class));

  private static final DescribedPredicate<JavaAccess<?>> OF_THE_BUILDING_MACHINE =
      method(System.class, "getenv|getProperty|getProperties|nanoTime|currentTimeMillis|console")
          .or(method(java.util.UUID.class, "randomUUID"))
          .or(method(java.util.Locale.class, "getDefault"))
          .or(method(java.util.TimeZone.class, "getDefault"))
          .or(method(java.time.ZoneId.class, "systemDefault"))
          .or(method(java.nio.charset.Charset.class, "defaultCharset"))
          .or(method(java.nio.file.Files.class, ".*"))
          .or(method(java.net.InetAddress.class, ".*"))
          .or(method(ProcessHandle.class, ".*"))
          .or(method(Runtime.class, ".*"));

  private static final DescribedPredicate<JavaAccess<?>> REFLECTION =
      method(
              Class.class,
              "forName|newInstance|get(Declared)?(Methods?|Fields?|Constructors?|RecordComponents)")
          .or(target(owner(resideInAnyPackage("java.lang.reflect"))))
          .or(method(java.lang.invoke.MethodHandles.Lookup.class, "find.*|unreflect.*|define.*"))
          .or(method(java.util.ServiceLoader.class, "load.*"));

  @Test
  void noStaticField_holdsWhatBelongsToOneProcess() {
    noFields()
        .that()
        .areStatic()
        .should()
        .haveRawType(OF_ONE_PROCESS)
        .because("it would be made while the executable is built, and be the same in all processes")
        .check(IngressClasses.OURS);
  }

  @Test
  void noStaticInitialiser_looksAtTheMachineItRunsOn() {
    List<String> found =
        IngressClasses.OURS.stream()
            .flatMap(type -> type.getStaticInitializer().stream())
            .flatMap(
                (JavaStaticInitializer initialiser) -> initialiser.getAccessesFromSelf().stream())
            .filter(OF_THE_BUILDING_MACHINE.or(makes(OF_ONE_PROCESS)))
            .map(JavaAccess::getDescription)
            .toList();
    assertThat(found).isEmpty();
  }

  /**
   * But for the doctor, which looks for its checks of the bucket; the ingress has none, and then it
   * goes without.
   */
  @Test
  void reflection_isNotUsed() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("quayside.operate.doctor.Doctor")
        .should()
        .accessTargetWhere(REFLECTION)
        .because("a native executable finds only what it was told of")
        .check(IngressClasses.OURS);
  }

  /** Three read files of the class path; native-requirements.txt has all of them. */
  @Test
  void resources_areReadWhereTheyAreKnown() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("quayside.CommandLineConfig")
        .and()
        .doNotHaveFullyQualifiedName("quayside.signature.KeyRing")
        .and()
        .doNotHaveFullyQualifiedName("quayside.registry.SchemaFiles")
        .should()
        .accessTargetWhere(
            method(Class.class, "getResource.*").or(method(ClassLoader.class, "getResource.*")))
        .check(IngressClasses.OURS);
  }

  @Test
  void everyCommand_isRegistered() {
    Set<String> registered = registeredTypes();
    assertThat(IngressClasses.OURS.stream().filter(type -> type.isAnnotatedWith(Command.class)))
        .hasSizeGreaterThan(5)
        .allSatisfy(command -> assertThat(registered).contains(command.getName()));
  }

  @Test
  void dataOfEveryEvent_isRegistered() {
    Set<String> registered = registeredTypes();
    assertThat(
            IngressClasses.OURS.stream()
                .filter(type -> type.getPackageName().equals("quayside.event"))
                .filter(type -> type.isTopLevelClass() && type.isRecord())
                .filter(type ->
                    type.isAnnotatedWith("com.fasterxml.jackson.annotation.JsonPropertyOrder")))
        .hasSizeGreaterThan(2)
        .allSatisfy(data -> assertThat(registered).contains(data.getName()));
  }

  /** Where a resource's answers are generic, the framework does not see what is in them. */
  @Test
  void everyEntityOfAnExceptionMapper_isRegistered() {
    Set<String> registered = registeredTypes();
    assertThat(
            IngressClasses.OURS.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method ->
                    method.isAnnotatedWith(
                        "org.jboss.resteasy.reactive.server.ServerExceptionMapper"))
                .flatMap(method -> method.getReturnType().getAllInvolvedRawTypes().stream())
                .filter(type -> type.getPackageName().startsWith("quayside"))
                .map(JavaClass::getName)
                .distinct())
        .isNotEmpty()
        .allSatisfy(entity -> assertThat(registered).contains(entity));
  }

  private static Set<String> registeredTypes() {
    Set<String> names = new HashSet<>();
    for (JavaClass type : IngressClasses.OURS) {
      type.tryGetAnnotationOfType(RegisterForReflection.class)
          .ifPresent(registration -> {
            List<String> targets =
                Arrays.stream(registration.targets()).map(Class::getName).toList();
            names.addAll(targets.isEmpty() ? List.of(type.getName()) : targets);
          });
    }
    return names;
  }

  private static DescribedPredicate<JavaAccess<?>> method(Class<?> owner, String names) {
    return target(owner(equivalentTo(owner))).and(target(nameMatching(names))).forSubtype();
  }

  private static DescribedPredicate<JavaAccess<?>> makes(DescribedPredicate<JavaClass> type) {
    return target(owner(type)).and(target(name("<init>"))).forSubtype();
  }
}
