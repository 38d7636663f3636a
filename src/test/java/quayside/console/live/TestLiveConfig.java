package quayside.console.live;

/** Of an instance called {@code test}. */
record TestLiveConfig(int maxStreams) implements LiveConfig {
  @Override
  public String instance() {
    return "test";
  }
}
