package quayside.laptop.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Uploads with {@code ali-oss} from npm, in a Node.js process: {@code
 * deploy/laptop/demo/upload.mjs}.
 */
final class NodeUploads {
  private static final JsonMapper JSON = new JsonMapper();

  private NodeUploads() {}

  /** Runs the script; it prints one JSON object a line for each upload. */
  static List<Upload> run(Path script, Endpoints endpoints)
      throws IOException, InterruptedException {
    Process node =
        new ProcessBuilder(
                "node",
                script.toString(),
                endpoints.oss().toString(),
                endpoints.callback().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (node.waitFor() != 0) {
      throw new IOException(script + " failed");
    }
    List<Upload> uploads = new ArrayList<>();
    for (String line : output.lines().toList()) {
      JsonNode upload = JSON.readTree(line);
      Sample sample =
          new Sample(
              upload.path("file").asText(),
              upload.path("key").asText(),
              upload.path("mimeType").asText(),
              true);
      uploads.add(
          new Upload(
              upload.path("how").asText(),
              sample,
              Pipeline.eventId(upload.path("answer").asText())));
    }
    return uploads;
  }
}
