package quayside.operate.doctor;

import java.util.List;

/** Something that can be looked at. It bounds its own time. */
public interface Check {

  /** What it is called while it runs. */
  String name();

  /**
   * Looks at it.
   *
   * @throws Exception anything; the doctor makes a finding of it
   */
  List<Finding> run() throws Exception;
}
