package quayside.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.SchemaIds;

/** The usual case, in which nothing of the registry may be noticed. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class RegistryAbsentTest {
  @Inject SchemaIds ids;
  @Inject MeterRegistry metrics;

  @Test
  void withoutUrl_thereIsNeitherThreadNorMetric() {
    assertThat(ids).isSameAs(SchemaIds.NONE);
    assertThat(RegistryThreads.running()).isEmpty();
    assertThat(metrics.find("quayside.registry.schemas").gauges()).isEmpty();
  }

  @Test
  void withoutUrl_noClassOfTheClientIsLoaded() throws Exception {
    OwnClasses classes = new OwnClasses();
    Object beans = construct(classes.loadClass(RegistryBeans.class.getName()));
    Class<?> configType = classes.loadClass(RegistryConfig.class.getName());
    Class<?> topicsType = classes.loadClass(RegistryTopicsConfig.class.getName());
    Object nothingSet =
        java.lang.reflect.Proxy.newProxyInstance(
            classes,
            new Class<?>[] {configType},
            (proxy, method, values) -> java.util.Optional.empty());
    var producer =
        beans
            .getClass()
            .getDeclaredMethod("schemaIds", configType, topicsType, MeterRegistry.class);
    producer.setAccessible(true);

    Object produced = producer.invoke(beans, nothingSet, null, null);

    assertThat(produced).isSameAs(SchemaIds.NONE);
    assertThat(classes.loaded(RegistryBeans.class)).isTrue();
    assertThat(classes.loaded(RegistryClient.class)).isFalse();
    assertThat(classes.loaded(RegistryAddress.class)).isFalse();
    assertThat(classes.loaded(SchemaFiles.class)).isFalse();
  }

  private static Object construct(Class<?> type) throws ReflectiveOperationException {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  /** Defines the classes of this package anew, to see which of them are. */
  private static final class OwnClasses extends ClassLoader {
    OwnClasses() {
      super(RegistryAbsentTest.class.getClassLoader());
    }

    boolean loaded(Class<?> type) {
      return findLoadedClass(type.getName()) != null;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("quayside.registry.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known != null ? known : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream bytes = Objects.requireNonNull(getParent().getResourceAsStream(file))) {
        byte[] all = bytes.readAllBytes();
        return defineClass(name, all, 0, all.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
