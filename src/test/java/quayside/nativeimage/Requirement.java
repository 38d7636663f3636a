package quayside.nativeimage;

import java.util.Comparator;

/**
 * Something a native executable has to be told of.
 *
 * @param kind how it is told, such as {@code reflection}
 * @param name the class, resource, jar or feature
 */
record Requirement(String kind, String name) implements Comparable<Requirement> {
  private static final Comparator<Requirement> ORDER =
      Comparator.comparing(Requirement::kind).thenComparing(Requirement::name);

  @Override
  public int compareTo(Requirement other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
