package quayside.operate.explain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Explanations for programs: one object, or for a capture of several requests {@code
 * {"explanations": [...]}}.
 */
final class ExplanationJson {
  private static final String PROBLEM_TYPES = "https://quayside.io/problems/";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ExplanationJson() {}

  static String of(List<Explanation> explanations, ShownText shown) {
    if (explanations.size() == 1) {
      return of(explanations.getFirst(), shown).toPrettyString();
    }
    ObjectNode json = MAPPER.createObjectNode();
    ArrayNode all = json.putArray("explanations");
    explanations.forEach(explanation -> all.add(of(explanation, shown)));
    return json.toPrettyString();
  }

  /** A problem (RFC 9457) with a stable reason. */
  static String problem(int status, String reason, String title, String detail) {
    return MAPPER
        .createObjectNode()
        .put("type", PROBLEM_TYPES + reason)
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .put("reason", reason)
        .toString();
  }

  private static ObjectNode of(Explanation explanation, ShownText shown) {
    ObjectNode json = MAPPER.createObjectNode();
    if (!explanation.name().isEmpty()) {
      json.put("name", shown.of(explanation.name()));
    }
    json.put("verified", explanation.isVerified());
    json.put("verdict", explanation.verdict().code());
    json.put("summary", explanation.verdict().summary());
    json.put("reason", explanation.refusal().map(refusal -> refusal.code()).orElse(null));
    json.put("stringToSign", shown.of(explanation.stringToSign()));
    json.put("computedMd5", ShownText.hex(explanation.computedMd5()));
    json.put("signature", explanation.signature());
    json.put("keyUrl", explanation.keyUrl().orElse(null));
    json.put("signedMd5", explanation.signedMd5().map(ShownText::hex).orElse(null));
    json.put("signedString", explanation.signedString().map(shown::of).orElse(null));
    ArrayNode accidents = json.putArray("accidents");
    for (Change change : explanation.changes()) {
      accidents
          .addObject()
          .put("code", change.accident().code())
          .put("detail", shown.of(change.detail()))
          .put("advice", change.accident().advice());
    }
    explanation.evidence().stream().map(shown::of).forEach(json.putArray("evidence")::add);
    explanation.excluded().stream()
        .map(Accident::code)
        .sorted()
        .forEach(json.putArray("excluded")::add);
    json.put("candidates", explanation.candidates());
    explanation.advice().forEach(json.putArray("advice")::add);
    return json;
  }
}
