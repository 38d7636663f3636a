package quayside.laptop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports on loopback. */
final class Ports {

  private Ports() {}

  /**
   * The port itself when it is free, any free one for 0.
   *
   * @throws LaptopException when the port is taken; names the variable that chooses another
   */
  static int free(int port, String variable) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new LaptopException(
          "Port "
              + port
              + " on 127.0.0.1 is in use. Stop what listens there, or choose another with "
              + variable
              + ".",
          e);
    }
  }
}
