package quayside.oss;

/** The double used by unit tests behaves as the real thing. */
class InMemoryObjectStoreTest extends ObjectStoreContract {
  private final InMemoryObjectStore store = new InMemoryObjectStore("uploads");

  @Override
  ObjectStore store() {
    return store;
  }

  @Override
  String bucket() {
    return "uploads";
  }
}
