package quayside.laptop.oss.operation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.RequestContext;
import quayside.laptop.oss.http.OssException;
import quayside.laptop.oss.http.OssRequest;

/**
 * A PostObject form as it streams in: the fields before {@code file}, then the file itself, still
 * unread. Whatever follows the file is ignored, as OSS does.
 *
 * @param fields values by name as written
 * @param fileName the file's name as the browser gave it, without directories
 * @param fileType the file part's Content-Type, or empty
 * @param file the bytes, to be read once
 */
record PostForm(Map<String, String> fields, String fileName, String fileType, InputStream file) {
  /** More than a policy and a 5 KB callback parameter need. */
  private static final int MAX_FIELD_BYTES = 64 * 1024;

  private static final int MAX_FIELDS = 200;

  PostForm {
    fields = Map.copyOf(fields);
  }

  /**
   * Reads up to the file.
   *
   * @throws OssException {@code MalformedPOSTRequest}, {@code FieldItemTooLong}, {@code
   *     IncorrectNumberOfFilesInPOSTRequest}
   */
  static PostForm read(OssRequest request) throws IOException {
    try {
      var upload = new Upload();
      upload.setHeaderCharset(StandardCharsets.UTF_8);
      FileItemInputIterator items = upload.getItemIterator(request);
      var fields = new LinkedHashMap<String, String>();
      while (items.hasNext()) {
        FileItemInput item = items.next();
        if ("file".equals(item.getFieldName())) {
          String type = item.getContentType();
          return new PostForm(
              fields, fileName(item), type == null ? "" : type, item.getInputStream());
        }
        if (item.getFieldName() == null || fields.size() == MAX_FIELDS) {
          throw malformed("A part has no name, or there are too many.");
        }
        fields.put(item.getFieldName(), text(item));
      }
    } catch (FileUploadException e) {
      throw malformed("The body of your POST request is not well-formed multipart/form-data.");
    }
    throw new OssException(
        400,
        "IncorrectNumberOfFilesInPOSTRequest",
        "POST requires exactly one file upload per request.");
  }

  static OssException malformed(String message) {
    return new OssException(400, "MalformedPOSTRequest", message);
  }

  private static String text(FileItemInput item) throws IOException {
    try (InputStream value = item.getInputStream()) {
      byte[] bytes = value.readNBytes(MAX_FIELD_BYTES + 1);
      if (bytes.length > MAX_FIELD_BYTES) {
        throw new OssException(
            400, "FieldItemTooLong", "Your form field " + item.getFieldName() + " is too long.");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Some browsers send a whole path. */
  private static String fileName(FileItemInput item) {
    String name = item.getName() == null ? "" : item.getName();
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  /** The fields by lower-case name, as policies and headers see them. */
  Map<String, String> fieldsByLowerName() {
    var lower = new LinkedHashMap<String, String>();
    fields.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return lower;
  }

  /** The library's streaming parser, fed from an {@link OssRequest}. */
  private static final class Upload
      extends AbstractFileUpload<OssRequest, DiskFileItem, DiskFileItemFactory> {
    @Override
    public FileItemInputIterator getItemIterator(OssRequest request) throws IOException {
      return getItemIterator(new Body(request));
    }

    @Override
    public Map<String, List<DiskFileItem>> parseParameterMap(OssRequest request)
        throws FileUploadException {
      return parseParameterMap(new Body(request));
    }

    @Override
    public List<DiskFileItem> parseRequest(OssRequest request) throws FileUploadException {
      return parseRequest(new Body(request));
    }
  }

  private record Body(OssRequest request) implements RequestContext {
    @Override
    public String getCharacterEncoding() {
      return StandardCharsets.UTF_8.name();
    }

    @Override
    public long getContentLength() {
      return request.bodyLength();
    }

    @Override
    public String getContentType() {
      return request.header("content-type").orElse("");
    }

    @Override
    public InputStream getInputStream() {
      return request.body();
    }

    @Override
    public boolean isMultipartRelated() {
      return false;
    }
  }
}
