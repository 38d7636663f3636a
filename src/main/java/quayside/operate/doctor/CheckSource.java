package quayside.operate.doctor;

import java.util.List;

/** Checks that need parts which not every build has; found as a service. */
public interface CheckSource {

  /** The checks that the options ask for. */
  List<Check> checks(DoctorOptions options);
}
