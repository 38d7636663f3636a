package quayside;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.role.Role;

/** The rules that keep the parts apart; each names the accident it prevents. */
class DependencyRulesTest {
  // Not the predefined option, which does not know the folder that `make check` builds in.
  private static final ImportOption MAIN_CODE = location -> !location.contains("/test-classes/");
  private static final JavaClasses MAIN =
      new ClassFileImporter().withImportOption(MAIN_CODE).importPackages("quayside");

  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("quayside..");

  /** Subscribers copy the contract; it must not drag anything of ours along. */
  @Test
  void event_dependsOnNothingOfOurs() {
    classes()
        .that()
        .resideInAPackage("quayside.event..")
        .should()
        .onlyDependOnClassesThat(not(OURS).or(resideInAPackage("quayside.event..")))
        .check(MAIN);
  }

  /** Content mode, schema id and signature are for one place to know. */
  @Test
  void events_areWrittenByTheEventWriterAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("quayside.event..")
        .should()
        .callMethod(EventCodec.class, "headers", CloudEvent.class)
        .orShould()
        .callMethod(EventCodec.class, "value", CloudEvent.class)
        .check(MAIN);
  }

  /** Every package logs; the vocabulary must not become a way around the other rules. */
  @Test
  void log_dependsOnNothingOfOurs() {
    classes()
        .that()
        .resideInAPackage("quayside.log..")
        .should()
        .onlyDependOnClassesThat(not(OURS).or(resideInAPackage("quayside.log..")))
        .check(MAIN);
  }

  /**
   * Whatever begins by itself asks for its role; the table of roles must not drag anything along.
   */
  @Test
  void role_dependsOnNothingOfOurs() {
    classes()
        .that()
        .resideInAPackage("quayside.role..")
        .should()
        .onlyDependOnClassesThat(not(OURS).or(resideInAPackage("quayside.role..")))
        .check(MAIN);
  }

  /** It checks all parts without knowing one: their interfaces say what is right. */
  @Test
  void configuration_knowsOnlyRoles() {
    classes()
        .that()
        .resideInAPackage("quayside.configuration..")
        .should()
        .onlyDependOnClassesThat(
            not(OURS).or(resideInAnyPackage("quayside.configuration..", "quayside.role..")))
        .check(MAIN);
  }

  /** A resource of no role would be served in every one. */
  @Test
  void everyResource_belongsToOneRole() {
    List<String> paths =
        MAIN.stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .map(type -> type.getAnnotationOfType(Path.class).value())
            .toList();

    assertThat(paths)
        .isNotEmpty()
        .allSatisfy(
            path -> assertThat(Role.values()).filteredOn(r -> r.serves(path)).as(path).hasSize(1));
  }

  /** The ingress flavour has no database, search or image code on its class path. */
  @Test
  void callback_knowsOnlyEventGrantSignatureAndLog() {
    classes()
        .that()
        .resideInAPackage("quayside.callback..")
        .should()
        .onlyDependOnClassesThat(
            not(OURS)
                .or(
                    resideInAnyPackage(
                        "quayside.callback..",
                        "quayside.configuration..",
                        "quayside.event..",
                        "quayside.grant..",
                        "quayside.log..",
                        "quayside.role..",
                        "quayside.signature..")))
        .check(MAIN);
  }

  /** The edge and the tools judge signatures alike; neither may colour how. */
  @Test
  void signature_knowsOnlyHowMistakesAreTold() {
    classes()
        .that()
        .resideInAPackage("quayside.signature..")
        .should()
        .onlyDependOnClassesThat(
            not(OURS).or(resideInAnyPackage("quayside.signature..", "quayside.configuration..")))
        .check(MAIN);
  }

  /** Explaining works wherever callbacks are received: also where there is no database. */
  @Test
  void explain_knowsOnlySignatureAndTokens() {
    classes()
        .that()
        .resideInAPackage("quayside.operate.explain..")
        .should()
        .onlyDependOnClassesThat(
            not(OURS)
                .or(
                    resideInAnyPackage(
                        "quayside.operate.explain..",
                        "quayside.signature..",
                        "quayside.role..",
                        "quayside.grant.token..")))
        .check(MAIN);
  }

  /** The doctor looks from outside, as OSS does; the bucket alone it sees as the sinks do. */
  @Test
  void doctor_knowsOnlySignatureAndOss() {
    classes()
        .that()
        .resideInAPackage("quayside.operate.doctor..")
        .should()
        .onlyDependOnClassesThat(
            not(OURS)
                .or(
                    resideInAnyPackage(
                        "quayside.operate.doctor..",
                        "quayside.configuration..",
                        "quayside.signature..",
                        "quayside.oss..")))
        .check(MAIN);
    noClasses()
        .that()
        .resideInAPackage("quayside.operate.doctor")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("quayside.operate.doctor.bucket..", "quayside.oss..")
        .check(MAIN);
  }

  /** The commands ask a service over HTTP; the ingress has them without what they speak of. */
  @Test
  void reconcileCommand_knowsNoPartOfTheService() {
    classes()
        .that()
        .resideInAPackage("quayside.operate.reconcile")
        .should()
        .onlyDependOnClassesThat(not(OURS).or(resideInAPackage("quayside.operate.reconcile")))
        .check(MAIN);
  }

  /** What a container's health check runs; it must start at once. */
  @Test
  void healthCommand_knowsNothingOfTheService() {
    classes()
        .that()
        .resideInAPackage("quayside.operate.health")
        .should()
        .onlyDependOnClassesThat(not(OURS).or(resideInAPackage("quayside.operate.health")))
        .check(MAIN);
  }

  /** The command line asks a service; it must run where there is no sink. */
  @Test
  void redriveCommand_knowsNothingOfTheService() {
    classes()
        .that()
        .resideInAPackage("quayside.operate.redrive")
        .should()
        .onlyDependOnClassesThat(not(OURS).or(resideInAPackage("quayside.operate.redrive")))
        .check(MAIN);
  }

  /** Both flavours have it, and events go out without it. */
  @Test
  void registry_knowsOnlyEventAndTheGeneralPartsAndIsKnownToNobody() {
    classes()
        .that()
        .resideInAPackage("quayside.registry..")
        .should()
        .onlyDependOnClassesThat(
            not(OURS)
                .or(
                    resideInAnyPackage(
                        "quayside.registry..",
                        "quayside.configuration..",
                        "quayside.event..",
                        "quayside.log..",
                        "quayside.role..")))
        .check(MAIN);
    noClasses()
        .that()
        .resideOutsideOfPackage("quayside.registry..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("quayside.registry..")
        .check(MAIN);
  }

  /** The edge is where hostile bytes arrive: nothing may reach into it. */
  @Test
  void callback_isUsedByNobody() {
    noClasses()
        .that()
        .resideOutsideOfPackage("quayside.callback..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("quayside.callback..")
        .check(MAIN);
  }

  /** It shows what all others do; none of them may need it, since the ingress has none. */
  @Test
  void console_isUsedByNobodyAndKnowsNoEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackage("quayside.console..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("quayside.console..")
        .check(MAIN);
    classes()
        .that()
        .resideInAPackage("quayside.console..")
        .should()
        .onlyDependOnClassesThat(
            not(OURS)
                .or(
                    resideInAnyPackage(
                        "quayside.console..",
                        "quayside.configuration..",
                        "quayside.event..",
                        "quayside.grant..",
                        "quayside.log..",
                        "quayside.operate..",
                        "quayside.oss..",
                        "quayside.role..",
                        "quayside.sink..")))
        .check(MAIN);
  }

  /** A sink can be switched off, or run elsewhere, without the others noticing. */
  @Test
  void sinks_doNotKnowEachOther() {
    slices().matching("quayside.sink.(*)..").should().notDependOnEachOther().check(MAIN);
  }

  /** What sinks share must not know any of them. */
  @Test
  void sinks_dependOnSinkEventOssAndTheGeneralPartsAlone() {
    classes()
        .that()
        .resideInAPackage("quayside.sink..")
        .should()
        .onlyDependOnClassesThat(
            not(OURS)
                .or(
                    resideInAnyPackage(
                        "quayside.sink..",
                        "quayside.configuration..",
                        "quayside.event..",
                        "quayside.oss..",
                        "quayside.log..",
                        "quayside.role..")))
        .check(MAIN);
    noClasses()
        .that()
        .resideInAPackage("quayside.sink")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("quayside.sink.(*)..")
        .check(MAIN);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("quayside.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  /** The core is plain: it takes and returns records and is tested with `new`. */
  @Test
  void jaxRs_staysInResourcesMappersAndFilters() {
    noClasses()
        .that()
        .haveNameNotMatching(".*(Resource|Mapper|Filter)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.ws.rs..")
        .check(MAIN);
  }

  /** As above, for messaging. */
  @Test
  void messaging_staysInPublishersAndConsumers() {
    noClasses()
        .that()
        .haveNameNotMatching(".*(Publisher|Producer|Consumers?|DeadLetters|KafkaAdmin)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.eclipse.microprofile.reactive.messaging..",
            "io.smallrye.reactive.messaging..",
            "org.apache.kafka..")
        .check(MAIN);
  }

  /** One place owns the schema. */
  @Test
  void persistence_staysInTheCatalog() {
    noClasses()
        .that()
        .resideOutsideOfPackage("quayside.sink.catalog..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "io.quarkus.hibernate..")
        .check(MAIN);
  }

  /** A setting that is read in the middle of the code is a setting nobody finds. */
  @Test
  void configuration_isReadByConfigClassesAlone() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Config")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.eclipse.microprofile.config.inject.ConfigProperty")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.eclipse.microprofile.config.ConfigProvider")
        .check(MAIN);
  }

  /** Time is given, so that tests can give another. */
  @Test
  void time_comesFromTheClock() {
    noClasses()
        .that()
        .doNotHaveSimpleName("SystemClock")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .check(MAIN);
  }

  /** Names that say nothing. */
  @Test
  void names_areOfTheDomain() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..impl..", "..common..", "..helper..")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .check(MAIN);
  }
}
