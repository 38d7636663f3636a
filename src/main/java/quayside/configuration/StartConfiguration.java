package quayside.configuration;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Handler;
import quayside.role.RoleSettings;
import quayside.role.Roles;
import quayside.role.RolesConfig;

/**
 * Is asked by the framework when it puts the configuration of a start together, before anything
 * reads it: checks all of it, and adds the settings that follow from the roles. The same happens in
 * tests and in a native image; which interfaces there are, the framework found when the application
 * was built.
 */
public final class StartConfiguration implements SmallRyeConfigBuilderCustomizer {
  private static final String OURS = "quayside.";

  /** Above system properties: roles are not half on. */
  private static final int ABOVE_ALL = 900;

  /** After all others, so that every source is known. */
  @Override
  public int priority() {
    return Integer.MAX_VALUE;
  }

  /**
   * Checks, and adds.
   *
   * @throws InvalidConfigurationException when something is wrong
   */
  @Override
  public void configBuilder(SmallRyeConfigBuilder builder) {
    List<ConfigClass> interfaces =
        builder.getMappingsBuilder().getMappings().stream()
            .filter(part -> part.getType().getName().startsWith(OURS))
            .sorted(Comparator.comparing(part -> part.getType().getName()))
            .toList();
    if (interfaces.isEmpty()) {
      return; // what is put together is not the configuration of a start
    }
    SmallRyeConfig settings = withoutMappings(builder);
    Inspection inspection = Inspection.of(interfaces, settings);
    if (!inspection.problems().isEmpty()) {
      boolean json = inspection.part(ConsoleConfig.class).map(ConsoleConfig::enabled).orElse(false);
      dropEarlyLog();
      throw new InvalidConfigurationException(inspection.problems(), json);
    }
    Roles roles = inspection.part(RolesConfig.class).map(RolesConfig::on).orElseGet(Roles::all);
    builder.withSources(
        new PropertiesConfigSource(RoleSettings.of(roles, names(settings)), "roles", ABOVE_ALL));
  }

  // What libraries told while they were loaded waits for a log. There will be none, and a failing
  // start would print it in a form of its own around the one message that matters.
  private static void dropEarlyLog() {
    if (!InitialConfigurator.DELAYED_HANDLER.isActivated()) {
      InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[0]);
    }
  }

  private static SmallRyeConfig withoutMappings(SmallRyeConfigBuilder builder) {
    SmallRyeConfigBuilder copy =
        new SmallRyeConfigBuilder()
            .forClassLoader(builder.getClassLoader())
            .withProfiles(builder.getProfiles())
            .withDefaultValues(builder.getDefaultValues())
            .setAddDefaultSources(builder.isAddDefaultSources())
            .setAddSystemSources(builder.isAddSystemSources())
            .setAddPropertiesSources(builder.isAddPropertiesSources())
            .setAddDiscoveredSources(builder.isAddDiscoveredSources())
            .setAddDefaultInterceptors(builder.isAddDefaultInterceptors())
            .setAddDiscoveredInterceptors(builder.isAddDiscoveredInterceptors())
            .withSources(builder.getSources());
    builder.getSourceProviders().forEach(copy::withSources);
    copy.getInterceptors().addAll(builder.getInterceptors());
    return copy.build();
  }

  private static Set<String> names(SmallRyeConfig settings) {
    Set<String> names = new TreeSet<>();
    settings.getPropertyNames().forEach(names::add);
    return names;
  }
}
