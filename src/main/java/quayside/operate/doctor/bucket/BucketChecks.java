package quayside.operate.doctor.bucket;

import java.util.List;
import java.util.stream.Stream;
import quayside.operate.doctor.Check;
import quayside.operate.doctor.CheckSource;
import quayside.operate.doctor.DoctorOptions;
import quayside.operate.doctor.Finding;
import quayside.oss.OssConfig;

/** The checks of the buckets that are named; found as a service. */
public final class BucketChecks implements CheckSource {

  @Override
  public List<Check> checks(DoctorOptions options) {
    if (options.buckets().isEmpty()) {
      return List.of(new NoBucket());
    }
    OssConfig config = options.read(OssConfig.class);
    return Stream.<Check>concat(
            Stream.of(new OssClockCheck(config, options)),
            options.buckets().stream().map(bucket -> new BucketCheck(bucket, config)))
        .toList();
  }

  /** Nothing was asked for. */
  private record NoBucket() implements Check {
    @Override
    public String name() {
      return "oss";
    }

    @Override
    public List<Finding> run() {
      return List.of(Finding.skipped(name(), "no --bucket was given"));
    }
  }
}
