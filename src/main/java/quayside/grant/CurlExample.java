package quayside.grant;

import java.util.Map;

/** A command line that uploads a file, for a POSIX shell. Stateless. */
final class CurlExample {
  private CurlExample() {}

  static String form(String url, Map<String, String> fields) {
    StringBuilder command = new StringBuilder("curl");
    fields.forEach(
        (name, value) -> command.append(" --form-string ").append(quoted(name + "=" + value)));
    return command.append(" --form file=@FILE ").append(quoted(url)).toString();
  }

  static String put(String url, Map<String, String> headers) {
    return presigned("curl --upload-file FILE", url, headers);
  }

  /** Only begins the upload. */
  static String begin(String url, Map<String, String> headers) {
    return presigned("curl --request POST", url, headers);
  }

  private static String presigned(String beginning, String url, Map<String, String> headers) {
    StringBuilder command = new StringBuilder(beginning);
    headers.forEach(
        (name, value) -> command.append(" --header ").append(quoted(name + ": " + value)));
    return command.append(' ').append(quoted(url)).toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
