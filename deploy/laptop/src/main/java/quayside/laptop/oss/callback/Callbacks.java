package quayside.laptop.oss.callback;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quayside.laptop.oss.http.OssRequest;

/**
 * Upload callbacks from parameter to outcome. An upload first {@linkplain #plan plans} its
 * callback, so that a bad parameter refuses it before anything is stored, and {@linkplain #perform
 * performs} it once the object is there. Thread-safe.
 */
public final class Callbacks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

  private final CallbackRequest.Sender identity;
  private final TargetPolicy targetPolicy;
  private final CallbackSender sender;
  private final Clock clock;

  /**
   * Makes callbacks.
   *
   * @param publicKeyUrl advertised in {@code x-oss-pub-key-url}
   * @param ownerId account id in {@code x-oss-owner} and {@code x-oss-requester}
   * @param publicOnly whether loopback receivers are refused too, as the real service does
   * @param limit per attempt
   */
  public Callbacks(
      SigningKey key,
      String publicKeyUrl,
      String ownerId,
      boolean publicOnly,
      Duration limit,
      Clock clock) {
    this.identity = new CallbackRequest.Sender(key, publicKeyUrl, ownerId);
    this.targetPolicy = new TargetPolicy(publicOnly);
    this.sender = CallbackSender.trustingTheJdk(limit);
    this.clock = clock;
  }

  /**
   * A valid callback waiting for its object; each target is paired with the address it resolved to.
   */
  public static final class Plan {
    private final CallbackParameter parameter;
    private final CustomVariables variables;
    private final List<Attempt> attempts;

    private Plan(CallbackParameter parameter, CustomVariables variables, List<Attempt> attempts) {
      this.parameter = parameter;
      this.variables = variables;
      this.attempts = List.copyOf(attempts);
    }
  }

  private record Attempt(CallbackTarget target, Optional<InetAddress> address) {}

  /**
   * Reads the parameter from the headers or the query of a PutObject or CompleteMultipartUpload.
   *
   * @return empty when none was asked for
   * @throws quayside.laptop.oss.http.OssException see {@link CallbackError}
   */
  public Optional<Plan> plan(OssRequest request) {
    Optional<String> header = request.header("x-oss-callback");
    Optional<String> query = request.query().first("callback");
    Optional<String> headerVar = request.header("x-oss-callback-var");
    Optional<String> queryVar = request.query().first("callback-var");
    if ((header.isPresent() || headerVar.isPresent())
        && (query.isPresent() || queryVar.isPresent())) {
      throw CallbackError.MIXED.refusal();
    }
    Optional<String> parameter = header.or(() -> query);
    CustomVariables variables =
        headerVar.or(() -> queryVar).map(CustomVariables::parse).orElse(CustomVariables.NONE);
    return parameter.flatMap(CallbackParameter::parse).map(p -> plan(p, variables));
  }

  /** Reads the parameter from the fields of a PostObject form, where alone it may stand. */
  public Optional<Plan> plan(OssRequest request, Map<String, String> fields) {
    boolean elsewhere =
        request.header("x-oss-callback").isPresent() || request.query().has("callback");
    if (elsewhere) {
      throw CallbackError.MIXED.refusal();
    }
    CustomVariables variables = CustomVariables.ofForm(fields);
    return Optional.ofNullable(fields.get("callback"))
        .flatMap(CallbackParameter::parse)
        .map(p -> plan(p, variables));
  }

  private Plan plan(CallbackParameter parameter, CustomVariables variables) {
    var attempts = new ArrayList<Attempt>();
    for (CallbackTarget target : parameter.targets()) {
      attempts.add(new Attempt(target, targetPolicy.resolve(target)));
    }
    return new Plan(parameter, variables, attempts);
  }

  /** Tries the targets in turn until one answers acceptably; otherwise the last failure counts. */
  public CallbackOutcome perform(Plan plan, Upload upload, Path content) {
    SystemVariables system = SystemVariables.of(upload, content);
    byte[] body =
        plan.parameter
            .template()
            .expand(
                plan.parameter.bodyType(),
                name -> name.startsWith("x:") ? plan.variables.value(name) : system.value(name))
            .getBytes(StandardCharsets.UTF_8);
    CallbackOutcome outcome = CallbackOutcome.Failed.unreachable();
    for (Attempt attempt : plan.attempts) {
      outcome = attempt(plan.parameter, attempt, upload, body);
      if (outcome instanceof CallbackOutcome.Delivered) {
        return outcome;
      }
    }
    return outcome;
  }

  private CallbackOutcome attempt(
      CallbackParameter parameter, Attempt attempt, Upload upload, byte[] body) {
    CallbackTarget target = attempt.target();
    byte[] request =
        CallbackRequest.write(target, parameter, upload, body, identity, clock.instant());
    CallbackOutcome outcome =
        attempt
            .address()
            .map(address -> sender.send(target, address, parameter.sni(), request))
            .orElseGet(CallbackOutcome.Failed::unreachable);
    switch (outcome) {
      case CallbackOutcome.Delivered _ ->
          LOG.info("callback url={} outcome=delivered requestId={}", target, upload.requestId());
      case CallbackOutcome.Failed failed ->
          LOG.warn(
              "callback url={} outcome=failed requestId={} reason={}",
              target,
              upload.requestId(),
              failed.message());
    }
    return outcome;
  }

  @Override
  public void close() {
    sender.close();
  }
}
