package quayside.laptop.oss.callback;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quayside.laptop.oss.store.StoredObject;

/** The system variables of one upload (1.4). {@code vpcId} is always unset: a laptop has no VPC. */
record SystemVariables(Upload upload, Optional<ImageInfo> image) {

  /** Reads the image header too; any failure to do so counts as "not an image". */
  static SystemVariables of(Upload upload, Path content) {
    try (InputStream bytes = new java.io.BufferedInputStream(Files.newInputStream(content))) {
      return new SystemVariables(upload, ImageInfo.read(bytes));
    } catch (IOException e) {
      return new SystemVariables(upload, Optional.empty());
    }
  }

  Value value(String name) {
    StoredObject object = upload.object();
    return switch (name) {
      case "bucket" -> new Value.Text(object.bucket());
      case "object" -> new Value.Text(object.key());
      case "etag" -> new Value.Text(object.etag());
      case "size" -> new Value.Digits(Long.toString(object.sizeBytes()));
      case "mimeType" -> new Value.Text(object.headers().contentType());
      case "imageInfo.height" -> imageValue(i -> new Value.Digits(Integer.toString(i.height())));
      case "imageInfo.width" -> imageValue(i -> new Value.Digits(Integer.toString(i.width())));
      case "imageInfo.format" -> imageValue(i -> new Value.Text(i.format()));
      case "crc64" -> new Value.Digits(object.crc64());
      case "contentMd5" -> text(object.contentMd5());
      case "vpcId" -> Value.UNSET;
      case "clientIp" -> new Value.Text(upload.clientIp());
      case "reqId" -> new Value.Text(upload.requestId());
      case "operation" -> new Value.Text(upload.operation());
      default -> throw new IllegalArgumentException("no system variable " + name);
    };
  }

  private Value imageValue(Function<ImageInfo, Value> part) {
    return image.map(part).orElse(Value.UNSET);
  }

  private static Value text(@Nullable String text) {
    return text == null ? Value.UNSET : new Value.Text(text);
  }
}
