package quayside.console.desk;

import static quayside.log.LogField.REASON;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import quayside.operate.redrive.service.DeadLetterException;
import quayside.sink.Problem;

/** What the desk's resources answer when they cannot do what they are asked. Stateless. */
final class DeskProblemMapper {
  private static final Logger LOG = Logger.getLogger(DeskProblemMapper.class);

  private DeskProblemMapper() {}

  static RestResponse<Problem> refused(DeskRefusedException failure) {
    DeskRefusal refusal = failure.refusal();
    LOG.infof("console refused %s", REASON.of(refusal.reason()));
    ResponseBuilder<Problem> response =
        builder(
            Problem.of(
                refusal.reason(),
                refusal.title(),
                refusal.status(),
                String.valueOf(failure.getMessage())));
    if (refusal == DeskRefusal.UNAUTHENTICATED) {
      response.header("WWW-Authenticate", "Bearer");
    }
    return response.build();
  }

  static RestResponse<Problem> failed(DeadLetterException failure) {
    return builder(failure.problem()).build();
  }

  private static ResponseBuilder<Problem> builder(Problem problem) {
    return ResponseBuilder.<Problem>create(problem.status())
        .type(Problem.MEDIA_TYPE)
        .entity(problem);
  }
}
