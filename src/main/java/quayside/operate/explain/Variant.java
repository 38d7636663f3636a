package quayside.operate.explain;

import java.util.List;
import quayside.signature.Bytes;

/**
 * A part of the request as it may have been before.
 *
 * @param value its contribution to the string to sign
 * @param changes the accidents undone; empty for the part as it was received
 */
record Variant(Bytes value, List<Change> changes) {

  Variant {
    changes = List.copyOf(changes);
  }

  static Variant received(Bytes value) {
    return new Variant(value, List.of());
  }
}
