package quayside.laptop.oss.operation;

import java.io.IOException;
import java.util.List;
import quayside.laptop.oss.http.OssException;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.http.OssResponse;
import quayside.laptop.oss.http.Percent;
import quayside.laptop.oss.http.Xml;
import quayside.laptop.oss.store.Content;
import quayside.laptop.oss.store.MultipartStore;
import quayside.laptop.oss.store.ObjectHeaders;

/**
 * The multipart operations but the last: initiate, upload a part, list the parts, abort.
 * Thread-safe.
 */
final class MultipartUpload {
  private static final int MAX_PARTS = 10_000;

  private final MultipartStore uploads;

  MultipartUpload(MultipartStore uploads) {
    this.uploads = uploads;
  }

  OssResponse initiate(OssRequest request) throws IOException {
    ObjectHeaders headers = ObjectHeaders.from(PutObject.single(request));
    MultipartStore.Upload upload = uploads.initiate(request.bucket(), request.key(), headers);
    var xml = new Xml("InitiateMultipartUploadResult");
    request.query().first("encoding-type").ifPresent(type -> xml.text("EncodingType", type));
    xml.text("Bucket", upload.bucket())
        .text("Key", encoded(request, upload.key()))
        .text("UploadId", upload.id());
    return OssResponse.xml(200, xml.end());
  }

  OssResponse uploadPart(OssRequest request) throws IOException {
    MultipartStore.Upload upload = find(uploads, request);
    int number = partNumber(request);
    Digest.requireWellFormed(request.header("content-md5"));
    Content content = uploads.receive(upload, request.body());
    try {
      Digest.require(request.header("content-md5"), content);
      MultipartStore.Part part = uploads.commit(upload, number, content);
      return OssResponse.empty(200)
          .with("ETag", '"' + part.etag() + '"')
          .with("Content-MD5", Digest.base64(content))
          .with("x-oss-hash-crc64ecma", part.crc64());
    } catch (IOException | RuntimeException e) {
      content.discard();
      throw e;
    }
  }

  OssResponse listParts(OssRequest request) throws IOException {
    MultipartStore.Upload upload = find(uploads, request);
    int marker = number(request, "part-number-marker", 0, 0);
    int max = number(request, "max-parts", 1000, 1);
    List<MultipartStore.Part> rest =
        List.copyOf(uploads.parts(upload).tailMap(marker, false).values());
    List<MultipartStore.Part> page = rest.subList(0, Math.min(max, rest.size()));

    var xml = new Xml("ListPartsResult");
    request.query().first("encoding-type").ifPresent(type -> xml.text("EncodingType", type));
    xml.text("Bucket", upload.bucket())
        .text("Key", encoded(request, upload.key()))
        .text("UploadId", upload.id());
    xml.text("StorageClass", "Standard").text("PartNumberMarker", marker);
    xml.text("NextPartNumberMarker", page.isEmpty() ? 0 : page.getLast().number());
    xml.text("MaxParts", max).text("IsTruncated", page.size() < rest.size());
    for (MultipartStore.Part part : page) {
      xml.open("Part")
          .text("PartNumber", part.number())
          .text("LastModified", HttpDates.document(part.lastModified()))
          .text("ETag", '"' + part.etag() + '"')
          .text("HashCrc64ecma", part.crc64())
          .text("Size", part.sizeBytes())
          .close();
    }
    return OssResponse.xml(200, xml.end());
  }

  OssResponse abort(OssRequest request) throws IOException {
    uploads.remove(find(uploads, request));
    return OssResponse.empty(204);
  }

  static MultipartStore.Upload find(MultipartStore uploads, OssRequest request) throws IOException {
    String id = request.query().first("uploadId").orElse("");
    return uploads
        .find(id, request.bucket(), request.key())
        .orElseThrow(() ->
            new OssException(
                    404,
                    "NoSuchUpload",
                    "The specified upload does not exist. The upload ID may be"
                        + " invalid, or the upload may have been aborted or completed.")
                .with("UploadId", id));
  }

  static String encoded(OssRequest request, String key) {
    return request.query().first("encoding-type").filter("url"::equals).isPresent()
        ? Percent.encode(key)
        : key;
  }

  private static int partNumber(OssRequest request) {
    int number = number(request, "partNumber", 0, 1);
    if (number > MAX_PARTS) {
      throw OssException.invalidArgument(
          "Part number must be an integer between 1 and " + MAX_PARTS + ", inclusive.");
    }
    return number;
  }

  private static int number(OssRequest request, String name, int absent, int least) {
    String text = request.query().first(name).orElse(Integer.toString(absent));
    if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < least) {
      throw OssException.invalidArgument(name + " must be a number from " + least + ".")
          .with("ArgumentName", name);
    }
    return Integer.parseInt(text);
  }
}
