package quayside.oss;

import java.util.List;

/**
 * A page of a listing.
 *
 * @param objects in the order of their keys, byte by byte in UTF-8, each once
 * @param isLast whether nothing follows; else the next page starts after the last key
 */
public record ObjectPage(List<ListedObject> objects, boolean isLast) {

  public ObjectPage {
    objects = List.copyOf(objects);
    if (objects.isEmpty() && !isLast) {
      throw new IllegalArgumentException("objects: an empty page cannot be followed by another");
    }
  }
}
