package quayside.laptop.oss.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request's query parameters, decoded, in the order they came; duplicates kept. {@code ?uploads}
 * and {@code ?uploads=} are the same: a parameter with an empty value. Immutable.
 */
public record Query(List<Parameter> parameters) {

  /** One decoded parameter. */
  public record Parameter(String name, String value) {}

  public Query {
    parameters = List.copyOf(parameters);
  }

  /**
   * Parses a raw query (what follows the question mark, possibly empty).
   *
   * @throws IllegalArgumentException for bad percent sequences
   */
  public static Query parse(String raw) {
    var parameters = new ArrayList<Parameter>();
    for (String pair : raw.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.add(new Parameter(Percent.decode(name), Percent.decode(value)));
      }
    }
    return new Query(parameters);
  }

  public boolean has(String name) {
    return first(name).isPresent();
  }

  public Optional<String> first(String name) {
    return parameters.stream().filter(p -> p.name().equals(name)).map(Parameter::value).findFirst();
  }
}
