package quayside.sink.thumbnail.worker;

import java.io.IOException;

/** What a frame between the service and its worker carries. The ordinal is the byte on the wire. */
public enum FrameType {
  /** To the service, once: the worker is up. UTF version of libvips. */
  READY,
  /** To the worker: the bytes of an image, answered by {@link #HEADER} or {@link #FAILURE}. */
  PROBE,
  /** To the service: what the header claims, see {@link Messages}. */
  HEADER,
  /**
   * To the worker: renditions of the image probed last; answered by a {@link #PLACEHOLDER} and as
   * many {@link #RENDITION}, or a {@link #FAILURE}.
   */
  RENDER,
  /** To the service: UTF ThumbHash in base64. */
  PLACEHOLDER,
  /** To the service: width, height, encoded bytes. */
  RENDITION,
  /** To the service: UTF code, UTF message. */
  FAILURE;

  private static final FrameType[] TYPES = values();

  static FrameType ofByte(int value) throws IOException {
    if (value < 0 || value >= TYPES.length) {
      throw new IOException("frame type: " + value + " is unknown");
    }
    return TYPES[value];
  }
}
