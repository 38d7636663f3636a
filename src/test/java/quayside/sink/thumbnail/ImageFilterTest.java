package quayside.sink.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.event.ObjectUploaded;

class ImageFilterTest {
  private final ImageFilter filter =
      new ImageFilter(new ThumbnailLocation("thumbnails/", Optional.empty()));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "photo.jpg, image/jpeg",
        "photo, image/png",
        "photo.JPG, application/octet-stream",
        "a/b.webp, -",
        "holiday.heic, -",
        "text.jpg, text/plain",
        "unknown, IMAGE/X-SOMETHING"
      })
  void whatLooksLikeAnImage_isTaken(String key, String mimeType) {
    assertThat(filter.reasonToSkip(Uploads.of(key).withMimeType(mimeType).data())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "notes.txt, text/plain",
        "jpg, -",
        "film.mp4, video/mp4",
        "jpg/readme, -",
        "x.jpg.zip, application/zip"
      })
  void whatDoesNot_isSkipped(String key, String mimeType) {
    assertThat(filter.reasonToSkip(Uploads.of(key).withMimeType(mimeType).data()))
        .contains(SkipReason.NOT_AN_IMAGE);
  }

  @Test
  void whatOssCallsAnImage_isTaken() {
    ObjectUploaded upload =
        Uploads.of("data")
            .withMimeType(null)
            .withImage(new ObjectUploaded.Image(10, 10, "jpg"))
            .data();

    assertThat(filter.reasonToSkip(upload)).isEmpty();
  }

  /** OSS fills the variables with nothing for other objects. */
  @Test
  void emptyImageInfo_saysNothing() {
    ObjectUploaded upload =
        Uploads.of("data")
            .withMimeType(null)
            .withImage(new ObjectUploaded.Image(null, null, null))
            .data();

    assertThat(filter.reasonToSkip(upload)).contains(SkipReason.NOT_AN_IMAGE);
  }

  @Test
  void svg_isSkipped() {
    assertThat(filter.reasonToSkip(Uploads.of("logo.svg").withMimeType("image/svg+xml").data()))
        .contains(SkipReason.VECTOR_IMAGE);
  }

  /** Otherwise every thumbnail would have thumbnails, for ever. */
  @Test
  void ownThumbnail_isSkipped() {
    assertThat(filter.reasonToSkip(Uploads.of("thumbnails/ABC/small.jpg").data()))
        .contains(SkipReason.OWN_THUMBNAIL);
  }

  @Test
  void sameKeyInABucketWithoutThumbnails_isTaken() {
    ImageFilter elsewhere =
        new ImageFilter(new ThumbnailLocation("thumbnails/", Optional.of("derived")));

    assertThat(elsewhere.reasonToSkip(Uploads.of("thumbnails/a.jpg").data())).isEmpty();
    assertThat(elsewhere.reasonToSkip(Uploads.of("thumbnails/a.jpg").withBucket("derived").data()))
        .contains(SkipReason.OWN_THUMBNAIL);
  }

  @Test
  void eventWithoutObject_isSkipped() {
    assertThat(filter.reasonToSkip(Uploads.of("a.jpg").withBucket(null).data()))
        .contains(SkipReason.NO_OBJECT);
  }
}
