package quayside.sink.thumbnail.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.List;

/**
 * The part of libvips (8.13 and later) that thumbnails need, by the JDK's foreign-function API. One
 * instance per process and one thread only: libvips keeps its error text process-wide.
 *
 * @see <a href="https://www.libvips.org/API/current/">libvips API</a>
 */
final class Vips {
  static final MemorySegment NULL = MemorySegment.NULL;

  /**
   * Every loader is blocked but these: what is not decoded cannot be exploited. SVG, PDF and others
   * stay out.
   */
  private static final List<String> ALLOWED_LOADERS =
      List.of(
          "VipsForeignLoadJpeg",
          "VipsForeignLoadPng",
          "VipsForeignLoadWebp",
          "VipsForeignLoadNsgif",
          "VipsForeignLoadHeif");

  final NativeFunction newFromBuffer;
  final NativeFunction thumbnailBuffer;
  final NativeFunction thumbnailImage;
  final NativeFunction iccTransform;
  final NativeFunction colourspace;
  final NativeFunction copyMemory;
  final NativeFunction copy;
  final NativeFunction writeToBuffer;
  final NativeFunction writeToMemory;
  final NativeFunction width;
  final NativeFunction height;
  final NativeFunction bands;
  final NativeFunction interpretation;
  final NativeFunction pages;
  final NativeFunction orientation;
  final NativeFunction fields;
  final NativeFunction typeOf;
  final NativeFunction intOf;
  final NativeFunction stringOf;
  final NativeFunction remove;
  final NativeFunction free;
  final NativeFunction freeStrings;
  final NativeFunction unref;

  private final NativeFunction errorBuffer;
  private final NativeFunction errorClear;
  private final NativeFunction versionPart;

  /**
   * Loads and starts the library.
   *
   * @throws IllegalArgumentException when the file is not a library that can be loaded here
   * @throws IllegalStateException when libvips does not start
   */
  Vips(Path file) {
    Library lib = new Library(NativeFunction.library(file));
    newFromBuffer = lib.variadic("vips_image_new_from_buffer", "p", 3, "plp p");
    thumbnailBuffer = lib.variadic("vips_thumbnail_buffer", "i", 4, "plpi pi pi pp p");
    thumbnailImage = lib.variadic("vips_thumbnail_image", "i", 3, "ppi pi pi p");
    iccTransform = lib.variadic("vips_icc_transform", "i", 3, "ppp pi pi p");
    colourspace = lib.variadic("vips_colourspace", "i", 3, "ppi p");
    copyMemory = lib.function("vips_image_copy_memory", "p", "p");
    copy = lib.variadic("vips_copy", "i", 2, "pp p");
    writeToBuffer = lib.variadic("vips_image_write_to_buffer", "i", 4, "pppp p");
    writeToMemory = lib.function("vips_image_write_to_memory", "p", "pp");
    width = lib.function("vips_image_get_width", "i", "p");
    height = lib.function("vips_image_get_height", "i", "p");
    bands = lib.function("vips_image_get_bands", "i", "p");
    interpretation = lib.function("vips_image_get_interpretation", "i", "p");
    pages = lib.function("vips_image_get_n_pages", "i", "p");
    orientation = lib.function("vips_image_get_orientation", "i", "p");
    fields = lib.function("vips_image_get_fields", "p", "p");
    typeOf = lib.function("vips_image_get_typeof", "l", "pp");
    intOf = lib.function("vips_image_get_int", "i", "ppp");
    stringOf = lib.function("vips_image_get_string", "i", "ppp");
    remove = lib.function("vips_image_remove", "i", "pp");
    free = lib.procedure("g_free", "p");
    freeStrings = lib.procedure("g_strfreev", "p");
    unref = lib.procedure("g_object_unref", "p");
    errorBuffer = lib.function("vips_error_buffer", "p", "");
    errorClear = lib.procedure("vips_error_clear", "");
    versionPart = lib.function("vips_version", "i", "i");
    start(lib);
  }

  /** The library's functions, by name and {@linkplain NativeFunction#layouts types}. */
  private record Library(SymbolLookup symbols) {
    NativeFunction function(String name, String result, String arguments) {
      return NativeFunction.returning(
          NativeFunction.layouts(result)[0], symbols, name, NativeFunction.layouts(arguments));
    }

    NativeFunction procedure(String name, String arguments) {
      return NativeFunction.procedure(symbols, name, NativeFunction.layouts(arguments));
    }

    /** After the fixed arguments come pairs of an option's name and value, then a null. */
    NativeFunction variadic(String name, String result, int fixed, String arguments) {
      return NativeFunction.variadic(
          NativeFunction.layouts(result)[0],
          symbols,
          name,
          fixed,
          NativeFunction.layouts(arguments));
    }
  }

  private void start(Library lib) {
    try (Arena arena = Arena.ofConfined()) {
      if (lib.function("vips_init", "i", "p").callInt(arena.allocateFrom("quayside")) != 0) {
        throw new IllegalStateException("vips_init: " + takeError());
      }
      lib.procedure("vips_block_untrusted_set", "i").run(1);
      NativeFunction block = lib.procedure("vips_operation_block_set", "pi");
      block.run(arena.allocateFrom("VipsForeignLoad"), 1);
      for (String loader : ALLOWED_LOADERS) {
        block.run(arena.allocateFrom(loader), 0);
      }
      // One image, one core: parallelism is the number of worker processes.
      lib.procedure("vips_concurrency_set", "i").run(1);
      // The operation cache only helps who sees the same image again.
      lib.procedure("vips_cache_set_max", "i").run(0);
    }
  }

  /** Such as {@code 8.18.7}. */
  String version() {
    return versionPart.callInt(0) + "." + versionPart.callInt(1) + "." + versionPart.callInt(2);
  }

  /** What libvips said since the last call, on one line. */
  String takeError() {
    String text = errorBuffer.callPointer().reinterpret(Long.MAX_VALUE).getString(0);
    errorClear.run();
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
