package quayside.build.order;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collections that are gone through in the order in which they were written down; those of the JDK
 * have another one in every virtual machine. Called from rewritten code, see {@link
 * BuildOrderAgent}.
 */
public final class FixedOrder {
  private FixedOrder() {}

  /** In place of {@code Map.of}. */
  public static Map<Object, Object> map(Object key, Object value, Object key2, Object value2) {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    map.put(key2, value2);
    return map;
  }
}
