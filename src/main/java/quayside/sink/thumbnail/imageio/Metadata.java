package quayside.sink.thumbnail.imageio;

import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/** The few facts wanted from ImageIO's metadata trees. */
final class Metadata {
  private static final String JPEG = "javax_imageio_jpeg_image_1.0";
  private static final String PROGRESSIVE = "2"; // SOF2, ISO/IEC 10918-1 table B.1

  private Metadata() {}

  /** How the picture is to be turned. */
  static Orientation orientation(IIOMetadata metadata) {
    return Orientation.ofName(attribute(standard(metadata), "ImageOrientation", "value"));
  }

  /** True when decoding needs all pixels in memory at once. */
  static boolean isMultiscan(IIOMetadata metadata) {
    if (JPEG.equals(metadata.getNativeMetadataFormatName())) {
      return PROGRESSIVE.equals(attribute(metadata.getAsTree(JPEG), "sof", "process"));
    }
    String scans = attribute(standard(metadata), "NumProgressiveScans", "value");
    return scans != null && !scans.equals("1");
  }

  private static Node standard(IIOMetadata metadata) {
    return metadata.getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName);
  }

  private static @Nullable String attribute(Node node, String element, String name) {
    if (node.getNodeName().equals(element)) {
      Node attribute = node.getAttributes().getNamedItem(name);
      return attribute == null ? null : attribute.getNodeValue();
    }
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      String value = attribute(child, element, name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
