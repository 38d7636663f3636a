package quayside.laptop.oss.operation;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import quayside.laptop.oss.callback.Callbacks;
import quayside.laptop.oss.http.OssException;
import quayside.laptop.oss.http.OssHandler;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.http.OssResponse;
import quayside.laptop.oss.http.Xml;
import quayside.laptop.oss.store.Content;
import quayside.laptop.oss.store.Draft;
import quayside.laptop.oss.store.MultipartStore;
import quayside.laptop.oss.store.ObjectStore;
import quayside.laptop.oss.store.StoredObject;

/**
 * CompleteMultipartUpload: joins the named parts into the object. With a callback the receiver's
 * answer replaces the usual XML (protocol document, 1.7).
 */
final class CompleteMultipartUpload implements OssHandler {
  /** Every part but the last (OSS documentation). */
  private static final long MIN_PART_BYTES = 100 * 1024;

  private final ObjectStore store;
  private final MultipartStore uploads;
  private final Callbacks callbacks;
  private final UploadAnswer uploadAnswer;

  CompleteMultipartUpload(
      ObjectStore store, MultipartStore uploads, Callbacks callbacks, UploadAnswer uploadAnswer) {
    this.store = store;
    this.uploads = uploads;
    this.callbacks = callbacks;
    this.uploadAnswer = uploadAnswer;
  }

  @Override
  public OssResponse handle(OssRequest request) throws IOException {
    Optional<Callbacks.Plan> plan = callbacks.plan(request);
    MultipartStore.Upload upload = MultipartUpload.find(uploads, request);
    NavigableMap<Integer, MultipartStore.Part> received = uploads.parts(upload);
    List<MultipartStore.Part> parts =
        isAll(request) ? all(received) : chosen(CompletionDocument.read(request.body()), received);
    requireLargeEnough(parts);
    StoredObject object = join(request, upload, parts);
    uploads.remove(upload);
    return uploadAnswer.answer(
        request, "CompleteMultipartUpload", object, plan, () -> document(request, object));
  }

  private StoredObject join(
      OssRequest request, MultipartStore.Upload upload, List<MultipartStore.Part> parts)
      throws IOException {
    Content content;
    try (InputStream joined = uploads.join(upload, parts)) {
      content = store.receive(joined);
    }
    var draft =
        new Draft(
            upload.bucket(),
            upload.key(),
            upload.headers(),
            MultipartStore.etag(parts),
            null,
            "Multipart",
            Storing.mayReplace(request.header("x-oss-forbid-overwrite")));
    return Storing.commit(store, draft, content, c -> {});
  }

  /** {@code x-oss-complete-all: yes} takes every part received, without a list. */
  private static boolean isAll(OssRequest request) {
    return request.header("x-oss-complete-all").filter("yes"::equals).isPresent();
  }

  private static List<MultipartStore.Part> all(
      NavigableMap<Integer, MultipartStore.Part> received) {
    if (received.isEmpty()) {
      throw new OssException(400, "InvalidPart", "The upload has no parts.");
    }
    return List.copyOf(received.values());
  }

  private static List<MultipartStore.Part> chosen(
      List<CompletionDocument.PartName> names, Map<Integer, MultipartStore.Part> received) {
    var chosen = new ArrayList<MultipartStore.Part>();
    int previous = 0;
    for (CompletionDocument.PartName name : names) {
      if (name.number() <= previous) {
        throw new OssException(
            400, "InvalidPartOrder", "The list of parts was not in ascending order.");
      }
      previous = name.number();
      MultipartStore.Part part = received.get(name.number());
      if (part == null || !part.etag().equalsIgnoreCase(name.etag())) {
        throw new OssException(
                400,
                "InvalidPart",
                "One or more of the specified parts could not be found or has another ETag.")
            .with("PartNumber", Integer.toString(name.number()));
      }
      chosen.add(part);
    }
    return chosen;
  }

  private static void requireLargeEnough(List<MultipartStore.Part> parts) {
    for (MultipartStore.Part part : parts.subList(0, parts.size() - 1)) {
      if (part.sizeBytes() < MIN_PART_BYTES) {
        throw new OssException(
                400,
                "EntityTooSmall",
                "Your proposed upload is smaller than the minimum allowed size.")
            .with("PartNumber", Integer.toString(part.number()))
            .with("MinSizeAllowed", Long.toString(MIN_PART_BYTES));
      }
    }
  }

  private static OssResponse document(OssRequest request, StoredObject object) {
    var xml = new Xml("CompleteMultipartUploadResult");
    request.query().first("encoding-type").ifPresent(type -> xml.text("EncodingType", type));
    String key = MultipartUpload.encoded(request, object.key());
    xml.text("Location", "http://" + request.host() + "/" + object.bucket() + "/" + key);
    xml.text("Bucket", object.bucket()).text("Key", key).text("ETag", object.quotedEtag());
    return OssResponse.xml(200, xml.end());
  }
}
