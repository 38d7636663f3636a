package quayside.grant.template;

/**
 * What OSS can tell about an upload. The names are OSS's own, and the ingress' default field names.
 */
public enum SystemVariable {
  BUCKET("bucket"),
  OBJECT("object"),
  ETAG("etag"),
  SIZE("size"),
  MIME_TYPE("mimeType"),
  IMAGE_HEIGHT("imageInfo.height"),
  IMAGE_WIDTH("imageInfo.width"),
  IMAGE_FORMAT("imageInfo.format"),
  CRC64("crc64"),
  CONTENT_MD5("contentMd5"),
  VPC_ID("vpcId"),
  CLIENT_IP("clientIp"),
  REQUEST_ID("reqId"),
  OPERATION("operation");

  private final String variableName;

  SystemVariable(String variableName) {
    this.variableName = variableName;
  }

  /** The name in a template and in the body. */
  public String variableName() {
    return variableName;
  }
}
