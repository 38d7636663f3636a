package quayside.sink.search;

/**
 * Which object a document is about. At most one document per id.
 *
 * @param bucket bucket name
 * @param key object key, as OSS knows it
 */
record ObjectId(String bucket, String key) {

  ObjectId {
    if (bucket.isEmpty() || key.isEmpty()) {
      throw new IllegalArgumentException(
          "bucket, key: '" + bucket + "', '" + key + "' names no object");
    }
  }
}
