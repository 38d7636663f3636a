package quayside.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.Test;

/**
 * The framework has every class initialised while a native executable is built, Bouncy Castle's
 * too. Looked at is whatever the classes that verify (RSA, MD5) and sign (Ed25519) refer to,
 * however far away: more than the builder would reach.
 */
class BouncyCastleTest {
  private static final List<Class<?>> IN_USE =
      List.of(
          RSAEngine.class,
          RSAKeyParameters.class,
          MD5Digest.class,
          Ed25519Signer.class,
          PemReader.class);

  /** What the builder refuses in an executable, or would make the same in all processes. */
  private static final Pattern OF_ONE_PROCESS =
      Pattern.compile(
          "Ljava/(security/SecureRandom|util/Random|util/SplittableRandom|lang/Thread|util/Timer"
              + "|lang/ref/Cleaner|util/concurrent/[^;]*Executor[^;]*);");

  private final List<String> found = new ArrayList<>();

  @Test
  void noInitialiser_makesWhatBelongsToOneProcess() {
    Deque<String> next = new ArrayDeque<>();
    IN_USE.forEach(type -> next.add(type.getName().replace('.', '/')));
    Set<String> seen = new HashSet<>(next);
    while (!next.isEmpty()) {
      ClassModel type = read(next.remove());
      inspect(type);
      for (PoolEntry entry : type.constantPool()) {
        if (entry instanceof ClassEntry other && isBouncyCastle(other) && seen.add(name(other))) {
          next.add(name(other));
        }
      }
    }

    assertThat(seen).hasSizeGreaterThan(IN_USE.size());
    assertThat(found).isEmpty();
  }

  private void inspect(ClassModel type) {
    type.fields().stream()
        .filter(field -> field.flags().has(AccessFlag.STATIC))
        .filter(field -> matches(field.fieldType().stringValue()))
        .forEach(field -> found.add(type.thisClass().name() + "." + field.fieldName()));
    type.methods().stream()
        .filter(method -> method.methodName().equalsString("<clinit>"))
        .filter(BouncyCastleTest::makesOne)
        .forEach(method -> found.add(type.thisClass().name() + " in its initialiser"));
  }

  private static boolean makesOne(MethodModel initialiser) {
    return initialiser
        .code()
        .orElseThrow()
        .elementStream()
        .anyMatch(element ->
            switch (element) {
              case NewObjectInstruction made ->
                  matches("L" + made.className().asInternalName() + ";");
              case InvokeInstruction call -> call.name().equalsString("getSecureRandom");
              default -> false;
            });
  }

  private static boolean matches(String descriptor) {
    return OF_ONE_PROCESS.matcher(descriptor).matches();
  }

  private static boolean isBouncyCastle(ClassEntry type) {
    return type.asInternalName().startsWith("org/bouncycastle/");
  }

  private static String name(ClassEntry type) {
    return type.asInternalName();
  }

  private static ClassModel read(String name) {
    try (InputStream bytes =
        BouncyCastleTest.class.getClassLoader().getResourceAsStream(name + ".class")) {
      assertThat(bytes).as(name).isNotNull();
      return ClassFile.of().parse(bytes.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
