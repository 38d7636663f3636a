package quayside.operate.doctor;

import java.util.List;

/** The checks of the callback URL, in the order in which a callback meets what they check. */
final class EndpointChecks {
  private EndpointChecks() {}

  static List<Check> of(DoctorOptions options) {
    if (options.url().isEmpty()) {
      return List.of(new NoUrl());
    }
    Endpoint endpoint = Endpoint.of(options.url().get());
    // Where the certificate depends on SNI, the other checks go on with it: one finding per fault.
    Wire wire = new Wire(options.timeout(), new TlsClient(true));
    return List.of(
        new TlsCheck(endpoint, options),
        new AnswerCheck(endpoint, wire),
        new PathCheck(endpoint, wire),
        new TimeCheck(endpoint, wire, options.clock()));
  }

  /** Nothing was asked for. */
  private record NoUrl() implements Check {
    @Override
    public String name() {
      return "endpoint";
    }

    @Override
    public List<Finding> run() {
      return List.of(Finding.skipped(name(), "no --url was given"));
    }
  }
}
