package quayside.callback;

import quayside.signature.RequestTarget;
import quayside.signature.SignatureRefusedException;
import quayside.signature.Bytes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a fuzzer's input as a request: the target in the first line, then headers, an empty line,
 * and the body to the end. {@code @GRANT@} stands for a genuine token.
 */
record FuzzedRequest(String target, List<CallbackScenario.Header> headers, byte[] body) {

  static FuzzedRequest of(byte[] input, String genuineToken) {
    String text = new String(input, ISO_8859_1).replace("@GRANT@", genuineToken);
    int position = endOfLine(text, 0);
    String target = text.substring(0, position);
    List<CallbackScenario.Header> headers = new ArrayList<>();
    position++;
    while (position < text.length()) {
      int end = endOfLine(text, position);
      String line = text.substring(position, end);
      position = end + 1;
      if (line.isEmpty()) {
        break;
      }
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      headers.add(
          new CallbackScenario.Header(name, colon < 0 ? "" : line.substring(colon + 1).strip()));
    }
    String body = position < text.length() ? text.substring(position) : "";
    return new FuzzedRequest(target, headers, body.getBytes(ISO_8859_1));
  }

  /** All headers but these. */
  List<CallbackScenario.Header> headersWithout(String... names) {
    return headers.stream()
        .filter(header -> List.of(names).stream().noneMatch(header.name()::equalsIgnoreCase))
        .toList();
  }

  UnverifiedCallback unverified() throws CallbackRefusedException {
    return unverified(headers);
  }

  UnverifiedCallback unverified(List<CallbackScenario.Header> sent)
      throws CallbackRefusedException {
    return new UnverifiedCallback(
        parsedTarget(),
        CallbackHeaders.of(name ->
            sent.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(CallbackScenario.Header::value)
                .toList()),
        Bytes.copyOf(body));
  }

  private RequestTarget parsedTarget() throws CallbackRefusedException {
    try {
      return RequestTarget.parse(target);
    } catch (SignatureRefusedException e) {
      throw new CallbackRefusedException(e);
    }
  }

  private static int endOfLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }
}
