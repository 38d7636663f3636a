package quayside.bench.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The record that the callback of OSS's own PHP sample becomes: a form with everything a template
 * of its time can name, and two custom variables, one of them Chinese. A test of the application
 * holds the file against what the edge makes of that callback.
 */
final class PhpSample {
  private static final String FILE = "php-sample.json";

  private PhpSample() {}

  /** The record as published. */
  static ProducerRecord<String, byte[]> record() {
    JsonMapper mapper = new JsonMapper();
    try (InputStream file =
        Objects.requireNonNull(PhpSample.class.getResourceAsStream(FILE), FILE)) {
      JsonNode record = mapper.readTree(file);
      Headers headers = new RecordHeaders();
      record
          .get("headers")
          .properties()
          .forEach(header ->
              headers.add(
                  header.getKey(), header.getValue().asText().getBytes(StandardCharsets.UTF_8)));
      return new ProducerRecord<>(
          "oss.object.uploaded.v1",
          null,
          record.get("key").asText(),
          mapper.writeValueAsBytes(record.get("value")),
          headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
