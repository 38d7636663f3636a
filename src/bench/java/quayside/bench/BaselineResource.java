package quayside.bench;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/**
 * What callbacks are measured against: an endpoint of the same process that reads the body and
 * returns the same answer, and does nothing else. Only in the application that `make bench` builds.
 */
@Path("/bench/baseline")
public class BaselineResource {
  private static final byte[] ANSWER =
      "{\"Status\":\"OK\",\"eventId\":\"6921E0D70000000000000000\"}"
          .getBytes(StandardCharsets.UTF_8);

  /** Does not block, as the callback does not. */
  @POST
  public Uni<Response> receive(byte[] body) {
    int status = body.length > 0 ? 200 : 400;
    return Uni.createFrom()
        .item(Response.status(status).type(MediaType.APPLICATION_JSON).entity(ANSWER).build());
  }
}
