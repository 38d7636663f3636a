package quayside.build.order;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;

/**
 * A Java agent for Maven with which two builds of the same sources are equal: it has Quarkus give
 * its build steps to {@link StepQueue} instead of a pool of threads, and write the forms of its API
 * document in one order. Only for builds that are shipped or compared; what is built does not know
 * of it.
 *
 * <p>It changes four calls in three classes, and ends Maven when a class does not have them, for
 * then the order is chance again. That a class is no more, {@code make reproducible} tells.
 */
public final class BuildOrderAgent implements ClassFileTransformer {
  private static final ClassDesc QUEUE = ClassDesc.of(StepQueue.class.getName());
  private static final ClassDesc EXECUTOR = ClassDesc.of("java.util.concurrent.Executor");
  private static final ClassDesc RUNNABLE = ClassDesc.of("java.lang.Runnable");
  private static final MethodTypeDesc EXECUTE =
      MethodTypeDesc.of(ConstantDescs.CD_void, EXECUTOR, RUNNABLE);
  private static final MethodTypeDesc PARK =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object);

  private static final ClassDesc FIXED = ClassDesc.of(FixedOrder.class.getName());
  private static final MethodTypeDesc MAP_OF_TWO =
      MethodTypeDesc.of(
          ConstantDescs.CD_Map,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_Object);

  /** Classes of the framework's build, and how many calls are changed in each. */
  private static final Map<String, Integer> CALLS =
      Map.of(
          "io/quarkus/builder/Execution",
          2,
          "io/quarkus/builder/BuildContext",
          1,
          "io/quarkus/smallrye/openapi/deployment/SmallRyeOpenApiProcessor",
          1);

  /** Called by the virtual machine before Maven starts. */
  public static void premain(String options, Instrumentation instrumentation) {
    instrumentation.addTransformer(new BuildOrderAgent());
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] original) {
    Integer expected = CALLS.get(name);
    if (expected == null) {
      return null;
    }
    try {
      return changed(loader, name, original, expected);
    } catch (RuntimeException | Error e) {
      // The virtual machine would go on with the class as it was.
      System.err.println("The build cannot be put in order: " + e);
      Runtime.getRuntime().halt(1);
      return null;
    }
  }

  private static byte[] changed(ClassLoader loader, String name, byte[] original, int expected) {
    int[] calls = {0};
    ClassFile format =
        ClassFile.of(
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    byte[] changed =
        format.transformClass(
            format.parse(original),
            ClassTransform.transformingMethodBodies(
                (code, element) -> change(code, element, calls)));
    if (calls[0] != expected) {
      throw new IllegalStateException(
          name
              + " has "
              + calls[0]
              + " of the calls that are changed, not "
              + expected
              + "; see whether this version of Quarkus wants this agent, and adapt it");
    }
    return changed;
  }

  private static void change(CodeBuilder code, CodeElement element, int[] calls) {
    if (is(element, "org/jboss/threads/EnhancedQueueExecutor", "execute")) {
      calls[0]++;
      code.invokestatic(QUEUE, "execute", EXECUTE);
    } else if (is(element, "java/util/concurrent/locks/LockSupport", "park")) {
      calls[0]++;
      code.invokestatic(QUEUE, "park", PARK);
    } else if (is(element, "java/util/Map", "of")) {
      calls[0]++;
      code.invokestatic(FIXED, "map", MAP_OF_TWO);
    } else {
      code.with(element);
    }
  }

  private static boolean is(CodeElement element, String owner, String method) {
    return element instanceof InvokeInstruction call
        && call.owner().asInternalName().equals(owner)
        && call.name().equalsString(method);
  }
}
