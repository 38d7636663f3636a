package quayside.console.live;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;
import quayside.sink.Problem;

/** What happens, as it happens, and single records of it; reads only. */
@Path("/api/events")
@Tag(name = "Events", description = "What happens, as it happens")
public class EventsResource {
  private final LiveFeed feed;
  private final LiveStreams streams;
  private final RawEvents records;

  EventsResource(LiveFeed feed, LiveStreams streams, RawEvents records) {
    this.feed = feed;
    this.streams = streams;
    this.records = records;
  }

  /** The stream. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @ResponseHeader(name = "Cache-Control", value = "no-store")
  @ResponseHeader(name = "X-Accel-Buffering", value = "no")
  @Operation(
      operationId = "streamEvents",
      summary = "Tells what happens, as it happens",
      description =
          "Server-sent events. hello comes first: {time, instance}. kafka tells whether Kafka answers: {available}; with"
              + " the first true the stream begins. entries has what happened since the message before, at most every"
              + " 250 ms, oldest first: {time, omitted, entries}, each entry with bucket, key, at, kind (event, effect,"
              + " retry, dead-letter, redrive), outcome, sink, eventId, eventType, millis since the upload was received,"
              + " place, and of events upload or thumbnails. A message has at most 500 entries: when there are more, or"
              + " the reader is slow, the oldest are left out and counted. Comments say that the stream is alive.")
  @APIResponse(
      responseCode = "200",
      description = "The stream; it has no end",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(type = SchemaType.STRING)))
  @APIResponse(
      responseCode = "503",
      description = "too-many-streams",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Multi<OutboundSseEvent> stream(
      @Parameter(description = "Only objects of this bucket") @QueryParam("bucket")
          @Nullable String bucket,
      @Parameter(description = "Only keys that begin with this") @QueryParam("prefix")
          @Nullable String prefix,
      @Context Sse sse) {
    Multi<LiveMessage> messages = streams.open(new ObjectFilter(bucket, prefix));
    feed.watch();
    return messages.map(message -> sent(message, sse));
  }

  private static OutboundSseEvent sent(LiveMessage message, Sse sse) {
    return message.event() == null
        ? sse.newEventBuilder().comment(" ").build()
        : sse.newEventBuilder().name(message.event()).data(message.data()).build();
  }

  /** One record. */
  @GET
  @Path("{topic}/{partition}/{offset}")
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "getEvent",
      summary = "Shows one record of Quayside's topics as it is",
      description = "Of the topics of events, effects, retries and dead letters.")
  @APIResponse(
      responseCode = "200",
      description = "The record",
      content = @Content(schema = @Schema(implementation = RawEvent.class)))
  @APIResponse(
      responseCode = "400",
      description = "bad-place",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "404",
      description = "event-not-found",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "503",
      description = "kafka-unavailable or busy",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public RawEvent event(
      @Parameter(description = "Name of the topic") @PathParam("topic") String topic,
      @Parameter(description = "Number of the partition") @PathParam("partition") String partition,
      @Parameter(description = "Offset in the partition") @PathParam("offset") String offset) {
    return records.find(topic + "/" + partition + "/" + offset);
  }
}
