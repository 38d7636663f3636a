package quayside.grant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads requests strictly: a misspelt limit must not become no limit. Stateless, thread-safe. */
final class GrantRequestReader {
  /** Far more than the variables that fit into a callback. */
  static final int MAX_BYTES = 64 * 1024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();
  private static final ObjectReader GRANTS = MAPPER.readerFor(GrantRequest.class);
  private static final ObjectReader PARTS = MAPPER.readerFor(PartsRequest.class);

  private GrantRequestReader() {}

  /**
   * Reads a request for a grant.
   *
   * @throws NotIssuedException naming the field that cannot be read
   */
  static GrantRequest read(byte[] json) throws NotIssuedException {
    return read(json, GRANTS);
  }

  /**
   * Reads a request for the parts of a multipart upload.
   *
   * @throws NotIssuedException naming the field that cannot be read
   */
  static PartsRequest readParts(byte[] json) throws NotIssuedException {
    return read(json, PARTS);
  }

  private static <T> T read(byte[] json, ObjectReader reader) throws NotIssuedException {
    if (json.length > MAX_BYTES) {
      throw new NotIssuedException(
          IssueRefusal.REQUEST_TOO_LARGE, "the body must have at most " + MAX_BYTES + " bytes");
    }
    try {
      @Nullable T request = reader.readValue(json);
      if (request == null) {
        throw invalid("the body must be a JSON object");
      }
      return request;
    } catch (UnrecognizedPropertyException e) {
      throw invalid("field " + path(e) + " is not known");
    } catch (JsonMappingException e) {
      throw invalid(
          path(e).isEmpty()
              ? "the body must be a JSON object"
              : "field " + path(e) + " has a wrong value");
    } catch (JsonProcessingException e) {
      throw invalid("the body is not valid JSON");
    } catch (IOException e) {
      throw invalid("the body cannot be read");
    }
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static NotIssuedException invalid(String detail) {
    return new NotIssuedException(IssueRefusal.REQUEST_INVALID, detail);
  }
}
