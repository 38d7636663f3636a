package quayside.registry;

import quayside.event.EventType;

/**
 * Under which names the registry has the schemas: those that readers of a topic look for, by the
 * registry's default naming. Immutable.
 */
record Subjects(RegistryTopicsConfig topics) {

  /** The subject of the values of a type's topic. */
  String of(EventType type) {
    return topic(type) + "-value";
  }

  private String topic(EventType type) {
    return switch (type) {
      case OBJECT_UPLOADED_V1 -> topics.objectUploaded();
      case OBJECT_THUMBNAILED_V1 -> topics.objectThumbnailed();
      case OBJECT_DELETED_V1 -> topics.objectDeleted();
      case OBJECT_STATE_V1 -> topics.objectState();
    };
  }
}
