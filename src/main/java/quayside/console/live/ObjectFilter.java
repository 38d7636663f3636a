package quayside.console.live;

import org.jspecify.annotations.Nullable;

/**
 * The objects a stream is about.
 *
 * @param bucket only those of this bucket; null or empty for all
 * @param prefix only those whose keys begin with it; null or empty for all
 */
record ObjectFilter(@Nullable String bucket, @Nullable String prefix) {

  boolean matches(EntryLine line) {
    return (bucket == null || bucket.isEmpty() || bucket.equals(line.bucket()))
        && (prefix == null || line.key().startsWith(prefix));
  }
}
