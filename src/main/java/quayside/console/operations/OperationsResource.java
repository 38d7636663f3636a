package quayside.console.operations;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** How the installation does; reads only. */
@Path("/api/operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Operations", description = "How the installation does")
public class OperationsResource {
  private final OperationsDesk desk;

  OperationsResource(OperationsDesk desk) {
    this.desk = desk;
  }

  /** All of it. */
  @GET
  @ResponseHeader(name = "Cache-Control", value = "no-store")
  @Operation(
      operationId = "getOperations",
      summary = "Tells how the installation does",
      description =
          "Rates and latencies are of the last minute, or since feed.since, as the topics tell them; lag is Kafka's;"
              + " both over all instances. All else is of the instance that answers, and null where it receives no"
              + " callbacks. Nobody having asked for a minute, nothing is known of rates at first.")
  @APIResponse(
      responseCode = "200",
      description = "How it does; what is not known is null",
      content = @Content(schema = @Schema(implementation = Operations.class)))
  public Operations operations() {
    return desk.look();
  }
}
