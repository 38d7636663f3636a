package quayside.sink.thumbnail.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One reference to a {@code VipsImage}; closing it gives the reference back. Operations make new
 * images.
 */
final class VipsImage implements AutoCloseable {
  /**
   * {@code VIPS_SIZE_DOWN}: shrink only. The neighbouring value 1 would enlarge, and encode
   * everything at full size.
   */
  private static final int SIZE_DOWN = 2;

  /**
   * Given as an option of the loader, since {@code vips_thumbnail_buffer} ignores the one of its
   * own.
   */
  private static final String STRICT = "[fail-on=truncated]";

  private static final String ICC_PROFILE = "icc-profile-data";
  private static final int INTENT_RELATIVE = 1;
  private static final int INTERPRETATION_GREY = 1;
  private static final int INTERPRETATION_SRGB = 22;

  private final Vips vips;
  private final MemorySegment pointer;

  private VipsImage(Vips vips, MemorySegment pointer) {
    this.vips = vips;
    this.pointer = pointer;
  }

  /** Reads the header only. The bytes must outlive the image. */
  static VipsImage open(Vips vips, MemorySegment bytes) throws VipsException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = arena.allocateFrom("[access=sequential]");
      return of(vips, vips.newFromBuffer.callPointer(bytes, bytes.byteSize(), options, Vips.NULL));
    }
  }

  /**
   * A pipeline that decodes, turns upright and shrinks into a square. The bytes must outlive the
   * image.
   */
  static VipsImage thumbnail(Vips vips, MemorySegment bytes, int size) throws VipsException {
    return make(
        vips,
        (arena, out) ->
            vips.thumbnailBuffer.callInt(
                bytes,
                bytes.byteSize(),
                out,
                size,
                arena.allocateFrom("height"),
                size,
                arena.allocateFrom("size"),
                SIZE_DOWN,
                arena.allocateFrom("option-string"),
                arena.allocateFrom(STRICT),
                Vips.NULL));
  }

  /** This image, shrunk into a square. */
  VipsImage thumbnail(int size) throws VipsException {
    return make(
        vips,
        (arena, out) ->
            vips.thumbnailImage.callInt(
                pointer,
                out,
                size,
                arena.allocateFrom("height"),
                size,
                arena.allocateFrom("size"),
                SIZE_DOWN,
                Vips.NULL));
  }

  /**
   * This image in sRGB, or grey. A profile is applied only where there is one: doing it always
   * costs a third more. A profile that cannot be used is ignored, as viewers do.
   */
  VipsImage toSrgb() throws VipsException {
    VipsImage transformed = has(ICC_PROFILE) ? applyProfile() : copy();
    if (transformed.isSrgbOrGrey()) {
      return transformed;
    }
    try (transformed) {
      return transformed.colourspace(INTERPRETATION_SRGB);
    }
  }

  private VipsImage colourspace(int interpretation) throws VipsException {
    return make(
        vips, (arena, out) -> vips.colourspace.callInt(pointer, out, interpretation, Vips.NULL));
  }

  private VipsImage applyProfile() throws VipsException {
    try {
      return make(
          vips,
          (arena, out) ->
              vips.iccTransform.callInt(
                  pointer,
                  out,
                  arena.allocateFrom("srgb"),
                  arena.allocateFrom("embedded"),
                  1,
                  arena.allocateFrom("intent"),
                  INTENT_RELATIVE,
                  Vips.NULL));
    } catch (VipsException unusable) {
      return copy();
    }
  }

  /** Runs the pipeline: this image in memory, without any metadata. */
  VipsImage decode() throws VipsException {
    try (VipsImage pixels = of(vips, vips.copyMemory.callPointer(pointer))) {
      VipsImage bare = pixels.copy();
      bare.removeMetadata();
      return bare;
    }
  }

  /** Encodes this image and hands the bytes to the receiver; they are gone afterwards. */
  void encode(String suffix, Encoded receiver) throws VipsException, java.io.IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(ValueLayout.ADDRESS);
      MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
      if (vips.writeToBuffer.callInt(pointer, arena.allocateFrom(suffix), buffer, length, Vips.NULL)
          != 0) {
        throw new VipsException(vips.takeError());
      }
      MemorySegment bytes = buffer.get(ValueLayout.ADDRESS, 0);
      try {
        receiver.accept(bytes.reinterpret(length.get(ValueLayout.JAVA_LONG, 0)));
      } finally {
        vips.free.run(bytes);
      }
    }
  }

  /**
   * The pixels in sRGB with alpha, four bytes each, row by row; as many as fit in memory: for small
   * images.
   */
  byte[] rgba() throws VipsException {
    try (VipsImage srgb = colourspace(INTERPRETATION_SRGB);
        Arena arena = Arena.ofConfined()) {
      MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
      MemorySegment pixels = vips.writeToMemory.callPointer(srgb.pointer, length);
      if (pixels.equals(Vips.NULL)) {
        throw new VipsException(vips.takeError());
      }
      try {
        long bytes = length.get(ValueLayout.JAVA_LONG, 0);
        return Rgba.of(pixels.reinterpret(bytes).toArray(ValueLayout.JAVA_BYTE), srgb.bands());
      } finally {
        vips.free.run(pixels);
      }
    }
  }

  private int bands() {
    return vips.bands.callInt(pointer);
  }

  int width() {
    return vips.width.callInt(pointer);
  }

  int height() {
    return vips.height.callInt(pointer);
  }

  int pages() {
    return vips.pages.callInt(pointer);
  }

  /** EXIF orientation, 1 to 8. */
  int orientation() {
    return vips.orientation.callInt(pointer);
  }

  /** A whole number in the metadata, or 0. */
  int number(String field) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_INT);
      boolean found =
          has(field) && vips.intOf.callInt(pointer, arena.allocateFrom(field), out) == 0;
      return found ? out.get(ValueLayout.JAVA_INT, 0) : 0;
    }
  }

  /** A text in the metadata. */
  Optional<String> text(String field) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
      if (!has(field) || vips.stringOf.callInt(pointer, arena.allocateFrom(field), out) != 0) {
        return Optional.empty();
      }
      return Optional.of(string(out.get(ValueLayout.ADDRESS, 0)));
    }
  }

  @Override
  public void close() {
    vips.unref.run(pointer);
  }

  private boolean has(String field) {
    try (Arena arena = Arena.ofConfined()) {
      return vips.typeOf.callLong(pointer, arena.allocateFrom(field)) != 0;
    }
  }

  private boolean isSrgbOrGrey() {
    int interpretation = vips.interpretation.callInt(pointer);
    return interpretation == INTERPRETATION_SRGB || interpretation == INTERPRETATION_GREY;
  }

  private VipsImage copy() throws VipsException {
    return make(vips, (arena, out) -> vips.copy.callInt(pointer, out, Vips.NULL));
  }

  /**
   * Every field, by name: some versions leave GPS positions in WebP and PNG although told to strip.
   */
  private void removeMetadata() {
    try (Arena arena = Arena.ofConfined()) {
      for (String field : fields()) {
        vips.remove.run(pointer, arena.allocateFrom(field));
      }
    }
  }

  private List<String> fields() {
    MemorySegment array = vips.fields.callPointer(pointer);
    try {
      MemorySegment names = array.reinterpret(Long.MAX_VALUE);
      List<String> fields = new ArrayList<>();
      MemorySegment name = names.getAtIndex(ValueLayout.ADDRESS, 0);
      while (!name.equals(Vips.NULL)) {
        fields.add(string(name));
        name = names.getAtIndex(ValueLayout.ADDRESS, fields.size());
      }
      return fields;
    } finally {
      vips.freeStrings.run(array);
    }
  }

  private static String string(MemorySegment pointer) {
    return pointer.reinterpret(Long.MAX_VALUE).getString(0);
  }

  private static VipsImage make(Vips vips, Operation operation) throws VipsException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
      if (operation.call(arena, out) != 0) {
        throw new VipsException(vips.takeError());
      }
      return of(vips, out.get(ValueLayout.ADDRESS, 0));
    }
  }

  private static VipsImage of(Vips vips, MemorySegment pointer) throws VipsException {
    if (pointer.equals(Vips.NULL)) {
      throw new VipsException(vips.takeError());
    }
    return new VipsImage(vips, pointer);
  }

  /** A libvips operation with one image as its result: 0 for success. */
  private interface Operation {
    int call(Arena arena, MemorySegment out);
  }

  /** Takes encoded bytes that are valid during the call only. */
  interface Encoded {
    void accept(MemorySegment bytes) throws java.io.IOException;
  }
}
