package quayside.laptop.oss.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import quayside.laptop.oss.store.ObjectStore;
import quayside.laptop.oss.store.StoredObject;

/**
 * One page of a listing.
 *
 * @param objects objects in key order
 * @param commonPrefixes groups made by the delimiter, in order
 * @param next what the next page starts after, empty on the last page
 */
record Listing(List<StoredObject> objects, List<String> commonPrefixes, String next) {

  /** What to list. */
  record Wanted(String prefix, String delimiter, String after, int maxKeys) {}

  static Listing of(NavigableMap<String, StoredObject> all, Wanted wanted) {
    var objects = new ArrayList<StoredObject>();
    var groups = new ArrayList<String>();
    boolean afterPrefix = ObjectStore.KEY_ORDER.compare(wanted.after(), wanted.prefix()) >= 0;
    String from = afterPrefix ? wanted.after() : wanted.prefix();
    String last = "";
    for (StoredObject object :
        all.tailMap(from, !afterPrefix || wanted.after().isEmpty()).values()) {
      if (!object.key().startsWith(wanted.prefix())) {
        break;
      }
      String group = group(object.key(), wanted);
      boolean alreadyListed =
          !group.isEmpty() && (group.equals(last) || group.equals(wanted.after()));
      if (alreadyListed) {
        continue;
      }
      if (objects.size() + groups.size() == wanted.maxKeys()) {
        return new Listing(objects, groups, last);
      }
      if (group.isEmpty()) {
        objects.add(object);
      } else {
        groups.add(group);
      }
      last = group.isEmpty() ? object.key() : group;
    }
    return new Listing(objects, groups, "");
  }

  /** The key up to and with the first delimiter after the prefix; empty when there is none. */
  private static String group(String key, Wanted wanted) {
    if (wanted.delimiter().isEmpty()) {
      return "";
    }
    int at = key.indexOf(wanted.delimiter(), wanted.prefix().length());
    return at < 0 ? "" : key.substring(0, at + wanted.delimiter().length());
  }

  boolean isTruncated() {
    return !next.isEmpty();
  }
}
