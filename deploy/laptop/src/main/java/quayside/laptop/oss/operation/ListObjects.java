package quayside.laptop.oss.operation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;
import quayside.laptop.oss.http.OssException;
import quayside.laptop.oss.http.OssHandler;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.http.OssResponse;
import quayside.laptop.oss.http.Percent;
import quayside.laptop.oss.http.Query;
import quayside.laptop.oss.http.Xml;
import quayside.laptop.oss.store.ObjectStore;
import quayside.laptop.oss.store.StoredObject;

/** ListObjectsV2 ({@code list-type=2}) and the older ListObjects. */
final class ListObjects implements OssHandler {
  private static final int DEFAULT_MAX_KEYS = 100;
  private static final int LARGEST_MAX_KEYS = 1000;

  private final ObjectStore store;
  private final String ownerId;

  ListObjects(ObjectStore store, String ownerId) {
    this.store = store;
    this.ownerId = ownerId;
  }

  @Override
  public OssResponse handle(OssRequest request) {
    Query query = request.query();
    boolean v2 = query.first("list-type").filter("2"::equals).isPresent();
    var wanted =
        new Listing.Wanted(
            text(query, "prefix"),
            text(query, "delimiter"),
            v2 ? afterV2(query) : text(query, "marker"),
            maxKeys(query));
    Listing page = Listing.of(store.objects(request.bucket()), wanted);
    UnaryOperator<String> encoding = encoding(query);

    var xml = new Xml("ListBucketResult");
    xml.text("Name", request.bucket());
    xml.text("Prefix", encoding.apply(wanted.prefix()));
    xml.text("MaxKeys", wanted.maxKeys());
    xml.text("Delimiter", encoding.apply(wanted.delimiter()));
    xml.text("IsTruncated", page.isTruncated());
    query.first("encoding-type").ifPresent(type -> xml.text("EncodingType", type));
    if (v2) {
      position(xml, query, page, encoding);
    } else {
      position(xml, wanted.after(), page, encoding);
    }
    boolean owner = !v2 || query.first("fetch-owner").filter("true"::equals).isPresent();
    page.objects().forEach(object -> contents(xml, object, encoding, owner));
    page.commonPrefixes()
        .forEach(
            prefix -> xml.open("CommonPrefixes").text("Prefix", encoding.apply(prefix)).close());
    return OssResponse.xml(200, xml.end());
  }

  private static void position(Xml xml, Query query, Listing page, UnaryOperator<String> encoding) {
    xml.text("KeyCount", page.objects().size() + page.commonPrefixes().size());
    query.first("start-after").ifPresent(after -> xml.text("StartAfter", encoding.apply(after)));
    query.first("continuation-token").ifPresent(token -> xml.text("ContinuationToken", token));
    if (page.isTruncated()) {
      xml.text("NextContinuationToken", token(page.next()));
    }
  }

  private static void position(
      Xml xml, String marker, Listing page, UnaryOperator<String> encoding) {
    xml.text("Marker", encoding.apply(marker));
    if (page.isTruncated()) {
      xml.text("NextMarker", encoding.apply(page.next()));
    }
  }

  private void contents(
      Xml xml, StoredObject object, UnaryOperator<String> encoding, boolean owner) {
    xml.open("Contents")
        .text("Key", encoding.apply(object.key()))
        .text("LastModified", HttpDates.document(object.lastModified()))
        .text("ETag", object.quotedEtag())
        .text("Type", object.type())
        .text("Size", object.sizeBytes())
        .text("StorageClass", "Standard");
    if (owner) {
      xml.open("Owner").text("ID", ownerId).text("DisplayName", ownerId).close();
    }
    xml.close();
  }

  private static UnaryOperator<String> encoding(Query query) {
    String type = text(query, "encoding-type");
    if (!type.isEmpty() && !type.equals("url")) {
      throw OssException.invalidArgument("encoding-type must be url.")
          .with("ArgumentName", "encoding-type");
    }
    return type.isEmpty() ? UnaryOperator.identity() : Percent::encode;
  }

  private static int maxKeys(Query query) {
    String text = query.first("max-keys").orElse(Integer.toString(DEFAULT_MAX_KEYS));
    if (!text.matches("[0-9]{1,4}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > LARGEST_MAX_KEYS) {
      throw OssException.invalidArgument("max-keys must be 1 to " + LARGEST_MAX_KEYS + ".")
          .with("ArgumentName", "max-keys")
          .with("ArgumentValue", text);
    }
    return Integer.parseInt(text);
  }

  /** A token is the last listed name in URL-safe base64, so no encoding-type changes it. */
  private static String token(String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.getBytes(StandardCharsets.UTF_8));
  }

  private static String afterV2(Query query) {
    String token = text(query, "continuation-token");
    if (token.isEmpty()) {
      return text(query, "start-after");
    }
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw OssException.invalidArgument("The continuation token provided is incorrect.")
          .with("ArgumentName", "continuation-token");
    }
  }

  private static String text(Query query, String name) {
    return query.first(name).orElse("");
  }
}
