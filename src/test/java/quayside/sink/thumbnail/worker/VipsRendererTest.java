package quayside.sink.thumbnail.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import quayside.sink.thumbnail.engine.RenditionFormat;
import quayside.sink.thumbnail.engine.RenditionSpec;
import quayside.sink.thumbnail.engine.TestImages;
import quayside.sink.thumbnail.vips.InstalledVips;

/** What the renderer asks of libvips, in this very process. */
class VipsRendererTest {

  /** Decoding is most of the work: six renditions and the placeholder share it. */
  @Test
  void image_isDecodedOnceForAllRenditions_andEachSizeIsMadeOnce() throws Exception {
    Vips vips = new Vips(InstalledVips.library());
    List<RenditionSpec> wanted = new ArrayList<>();
    for (int size : new int[] {128, 320, 1024}) {
      for (RenditionFormat format : RenditionFormat.values()) {
        wanted.add(new RenditionSpec("p" + size, size, format, 80));
      }
    }
    List<String> made = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      byte[] jpeg = TestImages.jpeg(2000, 1500);
      MemorySegment image = arena.allocateFrom(ValueLayout.JAVA_BYTE, jpeg);
      new VipsRenderer(vips)
          .render(
              image,
              wanted,
              new VipsRenderer.Output() {
                @Override
                public void placeholder(String thumbHash) {
                  made.add("placeholder");
                }

                @Override
                public void rendition(int width, int height, MemorySegment bytes) {
                  made.add(width + "x" + height);
                }
              });
    }

    assertThat(made)
        .containsExactly(
            "placeholder", "128x96", "128x96", "320x240", "320x240", "1024x768", "1024x768");
    assertThat(vips.thumbnailBuffer.calls()).isEqualTo(1);
    assertThat(vips.newFromBuffer.calls()).isZero();
    assertThat(vips.thumbnailImage.calls()).isEqualTo(4);
  }
}
