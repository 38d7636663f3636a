package quayside.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventType;

/** How producers of several versions write the same event, within what v1 of it allows. */
enum ProducerVersion {
  /** Without headers and members that need not be there. */
  OLDER {
    @Override
    <T> Written write(EventCodec<T> codec, CloudEvent<T> event) {
      Map<String, String> headers = new TreeMap<>(codec.headers(event));
      headers.keySet().removeAll(java.util.Set.of("ce_subject", "ce_partitionkey"));
      ObjectNode data = object(codec.value(event));
      data.remove("thumbHash");
      return new Written(headers, bytes(data));
    }
  },
  /** As the application under test. */
  TODAY {
    @Override
    <T> Written write(EventCodec<T> codec, CloudEvent<T> event) {
      return new Written(codec.headers(event), codec.value(event));
    }
  },
  /** With more headers, attributes and members than are known today. */
  NEWER {
    @Override
    <T> Written write(EventCodec<T> codec, CloudEvent<T> event) {
      Map<String, String> headers = new TreeMap<>(codec.headers(event));
      headers.put("ce_lateradded", "of a later version");
      headers.put("later-added", "照\uD83D\uDE00");
      headers.put("content-type", "application/json; charset=utf-8");
      return new Written(headers, bytes(grown(object(codec.value(event)))));
    }
  },
  /** Likewise, in structured mode and without attributes as headers. */
  NEWER_STRUCTURED {
    @Override
    <T> Written write(EventCodec<T> codec, CloudEvent<T> event) {
      ObjectNode envelope = JSON.createObjectNode().put("lateradded", true);
      codec
          .headers(event)
          .forEach((name, text) -> {
            if (name.startsWith("ce_")) {
              envelope.put(name.substring("ce_".length()), text);
            }
          });
      envelope.put("datacontenttype", "application/json");
      envelope.set("data", grown(object(codec.value(event))));
      return new Written(Map.of("content-type", "application/cloudevents+json"), bytes(envelope));
    }
  };

  private static final JsonMapper JSON = new JsonMapper();

  /** Headers and value of a record. */
  record Written(Map<String, String> headers, byte[] value) {}

  abstract <T> Written write(EventCodec<T> codec, CloudEvent<T> event);

  /**
   * The record of an event.
   *
   * @param partition null for the one that Kafka's clients choose
   */
  <T> ProducerRecord<String, byte[]> record(
      String topic, @Nullable Integer partition, CloudEvent<T> event) {
    Written written = write(codec(event), event);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, partition, event.partitionKey(), written.value());
    written.headers().forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    return record;
  }

  @SuppressWarnings("unchecked") // The type says what the data is.
  private static <T> EventCodec<T> codec(CloudEvent<T> event) {
    EventType type = event.type();
    return (EventCodec<T>)
        switch (type) {
          case OBJECT_UPLOADED_V1 -> EventCodec.objectUploaded();
          case OBJECT_THUMBNAILED_V1 -> EventCodec.objectThumbnailed();
          case OBJECT_DELETED_V1 -> EventCodec.objectDeleted();
          case OBJECT_STATE_V1 -> EventCodec.objectState();
        };
  }

  // At the top, within what is there, and of every kind of value.
  private static ObjectNode grown(ObjectNode data) {
    data.forEach(member -> {
      if (member instanceof ObjectNode object && !isMap(data, object)) {
        object.put("laterAdded", 1.5);
      }
    });
    data.path("thumbnails").forEach(thumbnail -> ((ObjectNode) thumbnail).putNull("laterAdded"));
    data.putObject("laterAdded").put("a", "b");
    data.putArray("laterAddedToo").add(1).add("2").addNull();
    return data;
  }

  // A member of these is a value, not something a version adds.
  private static boolean isMap(ObjectNode data, ObjectNode member) {
    return member == data.get("variables") || member == data.get("fields");
  }

  private static ObjectNode object(byte[] json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(UTF_8);
  }
}
