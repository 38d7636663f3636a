package quayside.laptop.demo;

/** The callback bodies the demo asks OSS for; templates as the documentation of OSS has them. */
final class CallbackBodies {
  static final String FORM =
      "bucket=${bucket}&object=${object}&etag=${etag}&size=${size}&mimeType=${mimeType}"
          + "&imageInfo.height=${imageInfo.height}&imageInfo.width=${imageInfo.width}"
          + "&imageInfo.format=${imageInfo.format}&crc64=${crc64}&contentMd5=${contentMd5}"
          + "&operation=${operation}&clientIp=${clientIp}&reqId=${reqId}&x:album=${x:album}";

  static final String JSON =
      """
      {"bucket":${bucket},"object":${object},"etag":${etag},"size":${size},"mimeType":${mimeType},\
      "imageInfo":{"height":${imageInfo.height},"width":${imageInfo.width},"format":${imageInfo.format}},\
      "crc64":${crc64},"contentMd5":${contentMd5},"operation":${operation},"clientIp":${clientIp},\
      "reqId":${reqId},"x:album":${x:album}}\
      """;

  private CallbackBodies() {}
}
