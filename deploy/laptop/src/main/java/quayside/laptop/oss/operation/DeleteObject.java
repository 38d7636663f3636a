package quayside.laptop.oss.operation;

import java.io.IOException;
import quayside.laptop.oss.http.OssHandler;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.http.OssResponse;
import quayside.laptop.oss.store.ObjectStore;

/** DeleteObject: {@code 204} whether or not there was an object. */
final class DeleteObject implements OssHandler {
  private final ObjectStore store;

  DeleteObject(ObjectStore store) {
    this.store = store;
  }

  @Override
  public OssResponse handle(OssRequest request) throws IOException {
    store.delete(request.bucket(), request.key());
    return OssResponse.empty(204);
  }
}
