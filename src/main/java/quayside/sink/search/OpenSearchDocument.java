package quayside.sink.search;

import static quayside.sink.search.OpenSearchClient.JSON;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.event.ObjectUploaded.Image;
import quayside.event.VerificationLevel;
import quayside.sink.search.NameWords.Word;

/**
 * Changes as JSON documents and documents as hits. Words are made here, by {@link NameWords}, so
 * that both engines find alike; the index only cuts them apart again.
 */
final class OpenSearchDocument {
  /** Between the words that share a position; between positions is a blank. No word has either. */
  static final String ALTERNATIVE = "\u0001";

  private static final String NO_WORD = "\u0002";
  private static final TypeReference<Map<String, String>> VARIABLES = new TypeReference<>() {};
  private static final TypeReference<List<Thumbnail>> THUMBNAILS = new TypeReference<>() {};

  private OpenSearchDocument() {}

  /** The id of the document that a change writes. */
  static String id(Change change) {
    return switch (change) {
      case Change.Thumbnails t -> OpenSearchNames.thumbnails(t.id(), orEmpty(t.etag()));
      default -> OpenSearchNames.document(change.id());
    };
  }

  /** The document that a change writes. */
  static ObjectNode source(Change change) {
    ObjectNode source = JSON.createObjectNode();
    source.put("bucket", change.id().bucket()).put("key", change.id().key());
    switch (change) {
      case Change.Upsert upsert -> document(source, upsert.id(), upsert.document());
      case Change.Tombstone tombstone -> source.put("deleted", true);
      case Change.Thumbnails thumbnails -> thumbnails(source, thumbnails);
    }
    return source;
  }

  /** Microseconds since 1970, rounded up: what limits and positions are compared with. */
  static long micros(Instant time) {
    Instant floor = time.truncatedTo(ChronoUnit.MICROS);
    return ChronoUnit.MICROS.between(Instant.EPOCH, floor) + (floor.equals(time) ? 0 : 1);
  }

  /** A hit, as far as the document tells. */
  static SearchHit hit(JsonNode source, List<Thumbnail> thumbnails) {
    JsonNode size = source.path("sizeBytes");
    return new SearchHit(
        source.path("bucket").asText(),
        source.path("key").asText(),
        text(source, "etag"),
        size.isNumber() ? size.longValue() : null,
        text(source, "mimeType"),
        source.hasNonNull("image")
            ? read(source.get("image"), new TypeReference<Image>() {})
            : null,
        Instant.EPOCH.plus(source.path("uploadedAt").longValue(), ChronoUnit.MICROS),
        read(source.path("variables"), VARIABLES),
        VerificationLevel.valueOf(
            source.path("verificationLevel").asText().toUpperCase(Locale.ROOT)),
        source.path("eventId").asText(),
        thumbnails);
  }

  /** The thumbnails in a document of theirs. */
  static List<Thumbnail> thumbnails(JsonNode source) {
    return read(source.path("thumbnails"), THUMBNAILS);
  }

  private static void document(ObjectNode source, ObjectId id, ObjectDocument document) {
    source
        .put("deleted", false)
        .put("etag", document.etag())
        .put("sizeBytes", document.sizeBytes())
        .put("mimeType", document.mimeType())
        .put("uploadedAt", micros(document.uploadedAt()))
        .put("verificationLevel", document.verificationLevel().value())
        .put("eventId", document.eventId())
        .put("foldedKey", NameWords.fold(id.key()))
        .put("words", words(id.key()));
    source.set("image", JSON.valueToTree(document.image()));
    source.set("variables", JSON.valueToTree(document.variables()));
    var terms = source.putArray("variableTerms");
    document.variables().forEach((name, value) -> terms.add(OpenSearchNames.variable(name, value)));
    if (document.mimeType() != null) {
      MimeTypeRange.essence(document.mimeType())
          .ifPresent(essence ->
              source
                  .put("mediaType", essence)
                  .put("mediaKind", essence.substring(0, essence.indexOf('/'))));
    }
  }

  private static void thumbnails(ObjectNode source, Change.Thumbnails change) {
    source
        .put("owner", OpenSearchNames.document(change.id()))
        .put("etag", orEmpty(change.etag()))
        .put("version", change.version());
    if (change.causationId() != null) {
      source.put("cause", OpenSearchNames.cause(change.id(), change.causationId()));
    }
    source.set("thumbnails", JSON.valueToTree(change.thumbnails()));
  }

  private static String words(String key) {
    TreeMap<Integer, List<Word>> byPosition =
        NameWords.ofName(key).stream()
            .collect(Collectors.groupingBy(Word::position, TreeMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder();
    for (int position = 1; !byPosition.isEmpty() && position <= byPosition.lastKey(); position++) {
      text.append(position == 1 ? "" : " ")
          .append(
              byPosition.getOrDefault(position, List.of()).stream()
                  .map(Word::text)
                  .reduce((a, b) -> a + ALTERNATIVE + b)
                  .orElse(NO_WORD));
    }
    return text.toString();
  }

  private static @Nullable String text(JsonNode source, String field) {
    return source.path(field).textValue();
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  private static <T> T read(JsonNode json, TypeReference<T> type) {
    return JSON.convertValue(json, type);
  }
}
