package quayside.oss;

/**
 * An object read into memory. The array is not copied: the caller owns it.
 *
 * @param head what OSS said with the content
 * @param content all bytes
 */
@SuppressWarnings(
    "ArrayRecordComponent") // megabytes: a defensive copy would double the memory of every image
public record StoredObject(ObjectHead head, byte[] content) {}
