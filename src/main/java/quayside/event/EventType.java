package quayside.event;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/**
 * The event types Quayside publishes. A version is part of the type: an incompatible change is a
 * new constant.
 */
public enum EventType {
  /** An object was uploaded to a bucket; data is {@link ObjectUploaded}. */
  OBJECT_UPLOADED_V1("io.quayside.object.uploaded.v1", "object-uploaded.v1.schema.json"),
  /** The thumbnails of an object were written; data is {@link ObjectThumbnailed}. */
  OBJECT_THUMBNAILED_V1("io.quayside.object.thumbnailed.v1", "object-thumbnailed.v1.schema.json"),
  /** An object is not in its bucket any more; data is {@link ObjectDeleted}. */
  OBJECT_DELETED_V1("io.quayside.object.deleted.v1", "object-deleted.v1.schema.json"),
  /** All there is to say of an object, on a compacted topic; data is {@link ObjectState}. */
  OBJECT_STATE_V1("io.quayside.object.state.v1", "object-state.v1.schema.json");

  private final String ceType;
  private final String schemaFile;
  private final URI dataSchema;

  EventType(String ceType, String schemaFile) {
    this.ceType = ceType;
    this.schemaFile = schemaFile;
    this.dataSchema = URI.create("https://quayside.io/schemas/" + schemaFile);
  }

  /** The value of the CloudEvents {@code type} attribute. */
  public String ceType() {
    return ceType;
  }

  /**
   * The value of the CloudEvents {@code dataschema} attribute: the {@code $id} of the JSON Schema.
   */
  public URI dataSchema() {
    return dataSchema;
  }

  /** The file in {@code schemas/} that describes the data. */
  public String schemaFile() {
    return schemaFile;
  }

  /** The type with this CloudEvents {@code type}, if Quayside knows it. */
  public static Optional<EventType> ofCeType(String ceType) {
    return Arrays.stream(values()).filter(type -> type.ceType.equals(ceType)).findFirst();
  }
}
