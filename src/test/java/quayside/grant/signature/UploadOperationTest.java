package quayside.grant.signature;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A parameter less or more, and a signed URL would do something else. */
class UploadOperationTest {
  @ParameterizedTest
  @CsvSource({
    "PUT_OBJECT, uploadId, must not be there",
    "PUT_OBJECT, acl, must not be there",
    "INITIATE_MULTIPART_UPLOAD, '', uploads is missing",
    "INITIATE_MULTIPART_UPLOAD, uploads callback, must not be there",
    "UPLOAD_PART, uploadId, partNumber is missing",
    "UPLOAD_PART, partNumber, uploadId is missing",
    "UPLOAD_PART, partNumber uploadId callback, must not be there",
    "COMPLETE_MULTIPART_UPLOAD, callback, uploadId is missing",
    "COMPLETE_MULTIPART_UPLOAD, uploadId uploads, must not be there",
    "ABORT_MULTIPART_UPLOAD, '', uploadId is missing",
    "ABORT_MULTIPART_UPLOAD, uploadId callback, must not be there"
  })
  void queryOfSomethingElse_isNotSigned(UploadOperation operation, String names, String rule) {
    Map<String, String> query = new HashMap<>();
    for (String name : names.split(" ")) {
      if (!name.isEmpty()) {
        query.put(name, "1");
      }
    }

    assertThatThrownBy(
            () -> new RequestToSign(operation, "b", "k", Map.of(), query, Duration.ofMinutes(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(rule);
  }
}
