package quayside.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent that puts builds in order, as {@code reproducible-options.sh} gives it to Maven, on
 * classes that have the names and the calls of those of the framework.
 */
class BuildOrderTest {
  /** A pool like the framework's, to which {@code Execution} gives work. */
  private static final String POOL =
      """
      package org.jboss.threads;
      public class EnhancedQueueExecutor implements java.util.concurrent.Executor {
        public void execute(Runnable task) {
          new Thread(task).start();
        }
      }
      """;

  /** Each step says so when it begins and when it ends, and waits for the others in between. */
  private static final String EXECUTION =
      """
      package io.quarkus.builder;
      import java.util.concurrent.CountDownLatch;
      import java.util.concurrent.TimeUnit;
      import java.util.concurrent.locks.LockSupport;
      import org.jboss.threads.EnhancedQueueExecutor;
      public class Execution {
        public static void main(String... arguments) {
          CountDownLatch left = new CountDownLatch(3);
          EnhancedQueueExecutor pool = new EnhancedQueueExecutor();
          Thread build = Thread.currentThread();
          for (String step : new String[] {"a", "b", "c"}) {
            pool.execute(() -> {
              System.out.println(step + " begins");
              left.countDown();
              try {
                left.await(200, TimeUnit.MILLISECONDS);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              System.out.println(step + " ends");
              LockSupport.unpark(build);
            });
          }
          while (left.getCount() > 0) {
            LockSupport.park(left);
          }
        }
      }
      """;

  /** A release of the framework that gives work to its pool by another method. */
  private static final String OTHER_CONTEXT =
      """
      package io.quarkus.builder;
      public class BuildContext {
        public static void main(String... arguments) {
          System.out.println("The build goes on as if nothing were wrong.");
        }
      }
      """;

  private static final String OPEN_API =
      """
      package io.quarkus.smallrye.openapi.deployment;
      public class SmallRyeOpenApiProcessor {
        public static void main(String... arguments) {
          System.out.println(java.util.Map.of("yaml", 1, "json", 2).getClass().getSimpleName());
        }
      }
      """;

  @TempDir static Path agent;
  @TempDir Path classes;

  private static List<String> options;

  @BeforeAll
  static void compileTheAgent() throws Exception {
    Program script = Program.run(List.of("deploy/make/reproducible-options.sh", agent.toString()));
    assertThat(script.exitCode()).as(script.output()).isZero();
    options = List.of(script.output().strip().split(" "));
  }

  @Test
  void steps_runOneAfterAnotherInTheOrderInWhichTheyWereGiven() throws Exception {
    Program build = runWithAgent("io.quarkus.builder.Execution", POOL, EXECUTION);

    assertThat(build.exitCode()).as(build.output()).isZero();
    assertThat(build.output().lines())
        .containsExactly("a begins", "a ends", "b begins", "b ends", "c begins", "c ends");
  }

  @Test
  void mapOfTwo_isGoneThroughInTheOrderInWhichItWasWrittenDown() throws Exception {
    Program build =
        runWithAgent("io.quarkus.smallrye.openapi.deployment.SmallRyeOpenApiProcessor", OPEN_API);

    assertThat(build.output().strip()).isEqualTo("LinkedHashMap");
  }

  @Test
  void classWithoutTheCalls_endsTheBuildAndSaysWhy() throws Exception {
    Program build = runWithAgent("io.quarkus.builder.BuildContext", OTHER_CONTEXT);

    assertThat(build.exitCode()).isEqualTo(1);
    assertThat(build.output())
        .contains("The build cannot be put in order")
        .contains("io/quarkus/builder/BuildContext has 0 of the calls that are changed, not 1")
        .doesNotContain("goes on");
  }

  private Program runWithAgent(String main, String... sources) throws IOException {
    List<String> command =
        Stream.of(
                Stream.of(Program.JAVA),
                options.stream().filter(option -> option.startsWith("-")),
                Stream.of("-cp", classes.toString(), main))
            .flatMap(part -> part)
            .toList();
    compile(sources);
    return Program.run(command);
  }

  private void compile(String... sources) throws IOException {
    for (String source : sources) {
      String name = source.replaceFirst("(?s).*?public class (\\w+).*", "$1");
      Path file = Files.writeString(classes.resolve(name + ".java"), source);
      int result =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  "-cp",
                  classes.toString(),
                  "-d",
                  classes.toString(),
                  file.toString());
      assertThat(result).as("compiles").isZero();
    }
  }
}
