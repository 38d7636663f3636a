package quayside.operate.explain;

import java.util.List;
import java.util.stream.Collectors;
import quayside.signature.Bytes;

/** An explanation for people, in plain text. */
final class ExplanationText {
  private final ShownText shown;
  private final StringBuilder text = new StringBuilder();

  private ExplanationText(ShownText shown) {
    this.shown = shown;
  }

  static String of(Explanation explanation, ShownText shown) {
    ExplanationText text = new ExplanationText(shown);
    text.write(explanation);
    return text.text.toString();
  }

  private void write(Explanation explanation) {
    if (!explanation.name().isEmpty()) {
      line("== " + shown.of(explanation.name()));
    }
    line(explanation.verdict().summary());
    line("");
    explanation.refusal().ifPresent(refusal -> field("refused as", refusal.code()));
    field("string to sign", shown.of(explanation.stringToSign()));
    field("its MD5", ShownText.hex(explanation.computedMd5()));
    field("signature", explanation.signature());
    explanation.keyUrl().ifPresent(url -> field("signed by", url));
    explanation
        .signedMd5()
        .map(ShownText::hex)
        .ifPresent(md5 -> field("OSS signed", md5 + signed(explanation)));
    explanation
        .signedString()
        .filter(signed -> !signed.equals(explanation.stringToSign()))
        .map(shown::of)
        .ifPresent(signed -> field("that is", signed));
    for (Change change : explanation.changes()) {
      field("found", change.accident().code() + ": " + shown.of(change.detail()));
    }
    explanation.evidence().forEach(evidence -> field("note", shown.of(evidence)));
    if (!explanation.excluded().isEmpty()) {
      field("excluded", codes(explanation) + " (" + explanation.candidates() + " strings tried)");
    }
    explanation.advice().forEach(advice -> field("to do", advice));
    if (explanation.isVerified()) {
      field(
          "note", "bucket rules and grants are checked after the signature and not explained here");
    }
  }

  private static String signed(Explanation explanation) {
    Bytes computed = explanation.computedMd5();
    return explanation.signedMd5().filter(computed::equals).isPresent()
        ? " (the same)"
        : " (another)";
  }

  private static String codes(Explanation explanation) {
    List<String> codes = explanation.excluded().stream().map(Accident::code).sorted().toList();
    return codes.stream().collect(Collectors.joining(", "));
  }

  private void field(String name, String value) {
    line(String.format("%-15s %s", name + ":", value));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
