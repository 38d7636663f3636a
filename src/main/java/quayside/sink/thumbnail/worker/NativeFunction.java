package quayside.sink.thumbnail.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.file.Path;

/**
 * Finds C functions and calls them. The handles are invoked generically: a few conversions per
 * image are nothing beside decoding it, and in return a call reads like the C documentation.
 */
final class NativeFunction {
  static final ValueLayout INT = ValueLayout.JAVA_INT;
  static final ValueLayout LONG = ValueLayout.JAVA_LONG;
  static final ValueLayout POINTER = ValueLayout.ADDRESS;

  private final String name;
  private final MethodHandle handle;
  private long calls;

  private NativeFunction(String name, MethodHandle handle) {
    this.name = name;
    this.handle =
        handle
            .asSpreader(Object[].class, handle.type().parameterCount())
            .asType(MethodType.methodType(Object.class, Object[].class));
  }

  /**
   * Arguments or a result in short: {@code i} for {@code int}, {@code l} for {@code size_t} and
   * {@code GType}, {@code p} for a pointer. Blanks only help to read.
   */
  static MemoryLayout[] layouts(String types) {
    return types
        .chars()
        .filter(type -> type != ' ')
        .mapToObj(type ->
            switch (type) {
              case 'i' -> INT;
              case 'l' -> LONG;
              case 'p' -> POINTER;
              default -> throw new IllegalArgumentException("types: " + types);
            })
        .toArray(MemoryLayout[]::new);
  }

  /** The functions of a library and of the libraries it was linked with. */
  static SymbolLookup library(Path file) {
    return SymbolLookup.libraryLookup(file, Arena.global());
  }

  /** A function that returns something. */
  static NativeFunction returning(
      MemoryLayout result, SymbolLookup library, String name, MemoryLayout... arguments) {
    return new NativeFunction(name, link(library, name, FunctionDescriptor.of(result, arguments)));
  }

  /** A function that returns nothing. */
  static NativeFunction procedure(SymbolLookup library, String name, MemoryLayout... arguments) {
    return new NativeFunction(name, link(library, name, FunctionDescriptor.ofVoid(arguments)));
  }

  /**
   * A variadic function, with the argument types of one particular use: C passes the arguments
   * after the fixed ones in another way, so the linker must be told where they begin.
   */
  static NativeFunction variadic(
      MemoryLayout result,
      SymbolLookup library,
      String name,
      int fixed,
      MemoryLayout... arguments) {
    FunctionDescriptor descriptor = FunctionDescriptor.of(result, arguments);
    return new NativeFunction(
        name, link(library, name, descriptor, Linker.Option.firstVariadicArg(fixed)));
  }

  int callInt(Object... arguments) {
    return (int) call(arguments);
  }

  long callLong(Object... arguments) {
    return (long) call(arguments);
  }

  MemorySegment callPointer(Object... arguments) {
    return (MemorySegment) call(arguments);
  }

  /** Calls and ignores a result. */
  void run(Object... arguments) {
    call(arguments);
  }

  /** How often it was called, for tests that count decodes. */
  long calls() {
    return calls;
  }

  private Object call(Object... arguments) {
    calls++;
    try {
      return (Object) handle.invokeExact(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("call of " + name + " failed", e);
    }
  }

  private static MethodHandle link(
      SymbolLookup library, String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), descriptor, options);
  }
}
