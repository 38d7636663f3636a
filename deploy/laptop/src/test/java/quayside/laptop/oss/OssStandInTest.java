package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in as a server: where it listens, what it keeps, how it ends and is configured. */
class OssStandInTest {
  @Test
  void listensOnLoopbackAlone(@TempDir Path directory) throws Exception {
    try (OssStandIn standIn = OssStandIn.start(OssStandInConfig.at(directory).withPort(0))) {
      for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
        for (InetAddress address :
            network.inetAddresses().filter(a -> !a.isLoopbackAddress()).toList()) {
          assertThatThrownBy(() -> new Socket(address, standIn.port()).close())
              .isInstanceOf(IOException.class);
        }
      }
      new Socket(InetAddress.getByName("127.0.0.1"), standIn.port()).close();
    }
  }

  @Test
  void restart_keepsObjectsAndKey_andTheTakenPortIsNamed(@TempDir Path directory) throws Exception {
    String key;
    try (OssStandIn first = OssStandIn.start(OssStandInConfig.at(directory).withPort(0));
        SignedClient uploader = new SignedClient(first.endpoint())) {
      uploader.put("kept", "kept", Map.of());
      key = java.nio.file.Files.readString(first.publicKeyFile());
      assertThatThrownBy(
              () -> OssStandIn.start(OssStandInConfig.at(directory).withPort(first.port())))
          .hasMessageContaining("127.0.0.1:" + first.port());
    }
    try (OssStandIn second = OssStandIn.start(OssStandInConfig.at(directory).withPort(0));
        SignedClient reader = new SignedClient(second.endpoint())) {
      assertThat(reader.get("kept").body()).isEqualTo("kept");
      assertThat(java.nio.file.Files.readString(second.publicKeyFile())).isEqualTo(key);
    }
  }

  @Test
  void close_doesNotWaitForIdleConnections(@TempDir Path directory) throws Exception {
    Duration quickest = Duration.ofDays(1);
    // The machine may do other things as well, which can only add to it.
    for (int i = 0; i < 3; i++) {
      OssStandIn closing = OssStandIn.start(OssStandInConfig.at(directory).withPort(0));
      try (SignedClient idle = new SignedClient(closing.endpoint())) {
        idle.get("x");
        long started = System.nanoTime();
        closing.close();
        Duration time = Duration.ofNanos(System.nanoTime() - started);
        quickest = time.compareTo(quickest) < 0 ? time : quickest;
      }
    }
    assertThat(quickest).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void config_namesWhatIsWrong(@TempDir Path directory) {
    OssStandInConfig defaults = OssStandInConfig.at(directory);
    assertThat(defaults.port()).isEqualTo(9000);
    assertThat(defaults.buckets()).isEqualTo(List.of("uploads"));
    assertThat(defaults.toString()).doesNotContain("local-secret");
    assertThatThrownBy(() -> defaults.withPort(70_000)).hasMessageContaining("port 70000");
    assertThatThrownBy(() -> defaults.withBuckets(List.of())).hasMessageContaining("buckets");
    assertThatThrownBy(() -> defaults.withBuckets(List.of("../x"))).hasMessageContaining("../x");
    assertThatThrownBy(() -> defaults.withCallbackTimeout(Duration.ZERO))
        .hasMessageContaining("callbackTimeout");
  }
}
