package quayside.sink.thumbnail.worker;

import static quayside.sink.thumbnail.worker.NativeFunction.INT;
import static quayside.sink.thumbnail.worker.NativeFunction.LONG;
import static quayside.sink.thumbnail.worker.NativeFunction.POINTER;
import static quayside.sink.thumbnail.worker.NativeFunction.procedure;
import static quayside.sink.thumbnail.worker.NativeFunction.returning;
import static quayside.sink.thumbnail.worker.NativeFunction.variadic;

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
  final NativeFunction width;
  final NativeFunction height;
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
    SymbolLookup lib = NativeFunction.library(file);
    newFromBuffer =
        variadic(POINTER, lib, "vips_image_new_from_buffer", 3, POINTER, LONG, POINTER, POINTER);
    thumbnailBuffer =
        variadic(
            INT,
            lib,
            "vips_thumbnail_buffer",
            4,
            POINTER,
            LONG,
            POINTER,
            INT,
            POINTER,
            INT,
            POINTER,
            INT,
            POINTER,
            POINTER,
            POINTER);
    thumbnailImage =
        variadic(
            INT,
            lib,
            "vips_thumbnail_image",
            3,
            POINTER,
            POINTER,
            INT,
            POINTER,
            INT,
            POINTER,
            INT,
            POINTER);
    iccTransform =
        variadic(
            INT,
            lib,
            "vips_icc_transform",
            3,
            POINTER,
            POINTER,
            POINTER,
            POINTER,
            INT,
            POINTER,
            INT,
            POINTER);
    colourspace = variadic(INT, lib, "vips_colourspace", 3, POINTER, POINTER, INT, POINTER);
    copyMemory = returning(POINTER, lib, "vips_image_copy_memory", POINTER);
    copy = variadic(INT, lib, "vips_copy", 2, POINTER, POINTER, POINTER);
    writeToBuffer =
        variadic(
            INT, lib, "vips_image_write_to_buffer", 4, POINTER, POINTER, POINTER, POINTER, POINTER);
    width = returning(INT, lib, "vips_image_get_width", POINTER);
    height = returning(INT, lib, "vips_image_get_height", POINTER);
    interpretation = returning(INT, lib, "vips_image_get_interpretation", POINTER);
    pages = returning(INT, lib, "vips_image_get_n_pages", POINTER);
    orientation = returning(INT, lib, "vips_image_get_orientation", POINTER);
    fields = returning(POINTER, lib, "vips_image_get_fields", POINTER);
    typeOf = returning(LONG, lib, "vips_image_get_typeof", POINTER, POINTER);
    intOf = returning(INT, lib, "vips_image_get_int", POINTER, POINTER, POINTER);
    stringOf = returning(INT, lib, "vips_image_get_string", POINTER, POINTER, POINTER);
    remove = returning(INT, lib, "vips_image_remove", POINTER, POINTER);
    free = procedure(lib, "g_free", POINTER);
    freeStrings = procedure(lib, "g_strfreev", POINTER);
    unref = procedure(lib, "g_object_unref", POINTER);
    errorBuffer = returning(POINTER, lib, "vips_error_buffer");
    errorClear = procedure(lib, "vips_error_clear");
    versionPart = returning(INT, lib, "vips_version", INT);
    start(lib);
  }

  private void start(SymbolLookup lib) {
    try (Arena arena = Arena.ofConfined()) {
      if (returning(INT, lib, "vips_init", POINTER).callInt(arena.allocateFrom("quayside")) != 0) {
        throw new IllegalStateException("vips_init: " + takeError());
      }
      procedure(lib, "vips_block_untrusted_set", INT).run(1);
      NativeFunction block = procedure(lib, "vips_operation_block_set", POINTER, INT);
      block.run(arena.allocateFrom("VipsForeignLoad"), 1);
      for (String loader : ALLOWED_LOADERS) {
        block.run(arena.allocateFrom(loader), 0);
      }
      // One image, one core: parallelism is the number of worker processes.
      procedure(lib, "vips_concurrency_set", INT).run(1);
      // The operation cache only helps who sees the same image again.
      procedure(lib, "vips_cache_set_max", INT).run(0);
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
