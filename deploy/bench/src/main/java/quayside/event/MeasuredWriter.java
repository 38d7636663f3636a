package quayside.event;

/** The writer of events as the application has it that is not told otherwise; for benchmarks. */
public final class MeasuredWriter {
  private MeasuredWriter() {}

  /** Binary mode, no registry, not signed. */
  public static EventWriter unconfigured() {
    return new EventWriter(ContentMode.BINARY, SchemaIds.NONE, null);
  }
}
