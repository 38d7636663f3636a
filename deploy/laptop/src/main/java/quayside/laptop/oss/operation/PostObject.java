package quayside.laptop.oss.operation;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.fileupload2.core.FileUploadException;
import quayside.laptop.oss.callback.Callbacks;
import quayside.laptop.oss.http.Address;
import quayside.laptop.oss.http.OssException;
import quayside.laptop.oss.http.OssHandler;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.http.OssResponse;
import quayside.laptop.oss.http.Xml;
import quayside.laptop.oss.signature.PolicyVerifier;
import quayside.laptop.oss.signature.VerifiedPolicy;
import quayside.laptop.oss.store.Content;
import quayside.laptop.oss.store.Draft;
import quayside.laptop.oss.store.ObjectHeaders;
import quayside.laptop.oss.store.ObjectStore;
import quayside.laptop.oss.store.StoredObject;

/**
 * PostObject: a browser's form, authorised by its policy. The policy's conditions see the final
 * key, with {@code ${filename}} filled in, and the content type that will be stored, whatever field
 * it comes from.
 */
final class PostObject implements OssHandler {
  private final ObjectStore store;
  private final PolicyVerifier policies;
  private final Callbacks callbacks;
  private final UploadAnswer uploadAnswer;

  PostObject(
      ObjectStore store, PolicyVerifier policies, Callbacks callbacks, UploadAnswer uploadAnswer) {
    this.store = store;
    this.policies = policies;
    this.callbacks = callbacks;
    this.uploadAnswer = uploadAnswer;
  }

  @Override
  public OssResponse handle(OssRequest request) throws IOException {
    PostForm form = PostForm.read(request);
    Map<String, String> fields = settled(request, form);
    VerifiedPolicy policy = policies.verify(fields);
    Optional<Callbacks.Plan> plan = callbacks.plan(request, form.fields());
    Optional<String> contentMd5 = Optional.ofNullable(fields.get("content-md5"));
    Digest.requireWellFormed(contentMd5);
    Content content = receive(form);
    Draft draft =
        Storing.draft(
            request.bucket(),
            Objects.requireNonNull(fields.get("key")),
            content,
            fields,
            contentMd5);
    StoredObject object =
        Storing.commit(store, draft, content, c -> require(policy, contentMd5, c));
    return uploadAnswer.answer(
        request, "PostObject", object, plan, () -> plain(request, fields, object));
  }

  /** The fields by lower-case name, with bucket, key and content type as they will be. */
  private static Map<String, String> settled(OssRequest request, PostForm form) {
    Map<String, String> fields = new HashMap<>(form.fieldsByLowerName());
    String key = fields.get("key");
    if (key == null || key.isEmpty()) {
      throw OssException.invalidArgument("Bucket POST must contain a field named 'key'.")
          .with("ArgumentName", "key");
    }
    fields.put(
        "key", new Address(request.bucket(), key.replace("${filename}", form.fileName())).key());
    fields.put("bucket", request.bucket());
    String type =
        fields.getOrDefault(
            "x-oss-content-type", fields.getOrDefault("content-type", form.fileType()));
    fields.put("content-type", type.isEmpty() ? ObjectHeaders.DEFAULT_CONTENT_TYPE : type);
    return fields;
  }

  private Content receive(PostForm form) throws IOException {
    try (InputStream file = form.file()) {
      return store.receive(file);
    } catch (FileUploadException e) {
      throw PostForm.malformed("The body of your POST request ended early.");
    }
  }

  private static void require(VerifiedPolicy policy, Optional<String> contentMd5, Content content) {
    policy.requireLength(content.sizeBytes());
    Digest.require(contentMd5, content);
  }

  private static OssResponse plain(
      OssRequest request, Map<String, String> fields, StoredObject object) {
    return switch (fields.getOrDefault("success_action_status", "204")) {
      case "200" -> OssResponse.empty(200);
      case "201" -> {
        var xml = new Xml("PostResponse");
        xml.text("Bucket", object.bucket())
            .text("ETag", object.quotedEtag())
            .text("Key", object.key());
        xml.text(
            "Location", "http://" + request.host() + "/" + object.bucket() + "/" + object.key());
        yield OssResponse.xml(201, xml.end());
      }
      default -> OssResponse.empty(204);
    };
  }
}
