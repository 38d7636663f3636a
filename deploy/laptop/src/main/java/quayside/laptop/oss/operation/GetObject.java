package quayside.laptop.oss.operation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import quayside.laptop.oss.http.OssException;
import quayside.laptop.oss.http.OssHandler;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.http.OssResponse;
import quayside.laptop.oss.store.ObjectStore;
import quayside.laptop.oss.store.StoredObject;

/**
 * GetObject and HeadObject: single ranges, {@code If-*} conditions, {@code response-*} overrides in
 * signed requests.
 */
final class GetObject implements OssHandler {
  private static final Map<String, String> OVERRIDES =
      Map.of(
          "response-content-type", "Content-Type",
          "response-content-language", "Content-Language",
          "response-expires", "Expires",
          "response-cache-control", "Cache-Control",
          "response-content-disposition", "Content-Disposition",
          "response-content-encoding", "Content-Encoding");

  private final ObjectStore store;

  GetObject(ObjectStore store) {
    this.store = store;
  }

  @Override
  public OssResponse handle(OssRequest request) throws IOException {
    StoredObject object = find(request);
    if (Conditions.of(request).check(object) == Conditions.Outcome.NOT_MODIFIED) {
      return OssResponse.empty(304)
          .with("ETag", object.quotedEtag())
          .with("Last-Modified", lastModified(object));
    }
    ByteRange range = ByteRange.of(request, object.sizeBytes());
    OssResponse response =
        described(
            OssResponse.stream(range.status(), open(request, object, range), range.length()),
            object);
    range.contentRange().ifPresent(value -> response.with("Content-Range", value));
    OVERRIDES.forEach((parameter, header) ->
        request.query().first(parameter).ifPresent(value -> response.with(header, value)));
    return response;
  }

  private StoredObject find(OssRequest request) {
    return store
        .find(request.bucket(), request.key())
        .orElseThrow(() ->
            new OssException(404, "NoSuchKey", "The specified key does not exist.")
                .with("Key", request.key()));
  }

  private InputStream open(OssRequest request, StoredObject object, ByteRange range)
      throws IOException {
    if (request.method().equals("HEAD")) {
      return InputStream.nullInputStream();
    }
    try {
      FileChannel file = FileChannel.open(store.contentFile(object), StandardOpenOption.READ);
      return Channels.newInputStream(file.position(range.first()));
    } catch (NoSuchFileException e) {
      // Replaced or deleted between finding and opening: the client may simply ask again.
      throw new OssException(
          409, "OperationAborted", "The object was changed while it was being read.");
    }
  }

  private static OssResponse described(OssResponse response, StoredObject object) {
    response
        .with("Content-Type", object.headers().contentType())
        .with("ETag", object.quotedEtag())
        .with("Last-Modified", lastModified(object))
        .with("Accept-Ranges", "bytes")
        .with("x-oss-object-type", object.type())
        .with("x-oss-storage-class", "Standard")
        .with("x-oss-hash-crc64ecma", object.crc64());
    Optional.ofNullable(object.contentMd5()).ifPresent(md5 -> response.with("Content-MD5", md5));
    object.headers().others().forEach(response::with);
    return response;
  }

  private static String lastModified(StoredObject object) {
    return HttpDates.format(object.lastModified());
  }
}
