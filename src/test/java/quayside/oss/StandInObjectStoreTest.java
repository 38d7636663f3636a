package quayside.oss;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import quayside.LaptopStackResource;

/** The real SDK against the stand-in, which checks every signature. */
class StandInObjectStoreTest extends ObjectStoreContract {
  private static AliyunObjectStore store;

  @BeforeAll
  static void connect() {
    store =
        ObjectStores.create(
            TestOssConfig.at(LaptopStackResource.running().getProperty("oss.endpoint")));
  }

  @AfterAll
  static void disconnect() throws Exception {
    store.close();
  }

  @Override
  ObjectStore store() {
    return store;
  }

  @Override
  String bucket() {
    return "uploads";
  }
}
