package quayside.oss;

import java.lang.foreign.MemorySegment;

/**
 * An object read into memory.
 *
 * @param head what OSS said with the content
 * @param content all bytes; valid as long as the arena they were read into
 */
public record StoredObject(ObjectHead head, MemorySegment content) {}
