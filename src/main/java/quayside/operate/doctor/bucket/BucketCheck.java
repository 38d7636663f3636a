package quayside.operate.doctor.bucket;

import java.util.List;
import quayside.operate.doctor.Check;
import quayside.operate.doctor.Finding;
import quayside.oss.BucketProbe;
import quayside.oss.ObjectNotFoundException;
import quayside.oss.ObjectRefusedException;
import quayside.oss.ObjectStoreUnavailableException;
import quayside.oss.OssConfig;

/** Whether the configured credentials may read and write the objects of a bucket. */
final class BucketCheck implements Check {
  private final String bucket;
  private final OssConfig config;

  BucketCheck(String bucket, OssConfig config) {
    this.bucket = bucket;
    this.config = config;
  }

  @Override
  public String name() {
    return "bucket " + bucket;
  }

  @Override
  public List<Finding> run() {
    try (BucketProbe probe = BucketProbe.open(config)) {
      Finding read = finding("oss-read " + bucket, probe::read, "objects may be read");
      return read.outcome() == quayside.operate.doctor.Outcome.FAIL
          ? List.of(read, Finding.skipped("oss-write " + bucket, "it cannot be read"))
          : List.of(
              read,
              finding("oss-write " + bucket, probe::write, "objects may be written; none was"));
    } catch (IllegalArgumentException e) {
      return List.of(
          Finding.fail(
              name(), String.valueOf(e.getMessage()), "Correct quayside.oss.* as it says."));
    }
  }

  /** One of the probes. */
  private interface Attempt {
    void on(String bucket)
        throws ObjectNotFoundException, ObjectRefusedException, ObjectStoreUnavailableException;
  }

  private Finding finding(String check, Attempt attempt, String good) {
    try {
      attempt.on(bucket);
      return Finding.ok(check, good);
    } catch (ObjectNotFoundException e) {
      return Finding.fail(
          check,
          String.valueOf(e.getMessage()),
          "Check the name of the bucket, quayside.oss.region and quayside.oss.endpoint.");
    } catch (ObjectRefusedException e) {
      return Finding.fail(
          check,
          String.valueOf(e.getMessage()),
          "Allow oss:GetObject on the originals and oss:PutObject under quayside.thumbnail.prefix to"
              + " this access key.");
    } catch (ObjectStoreUnavailableException e) {
      return Finding.fail(
          check,
          String.valueOf(e.getMessage()),
          "Check QUAYSIDE_OSS_ACCESS_KEY_ID, QUAYSIDE_OSS_ACCESS_KEY_SECRET, quayside.oss.region and"
              + " quayside.oss.endpoint, and this machine's clock.");
    }
  }
}
