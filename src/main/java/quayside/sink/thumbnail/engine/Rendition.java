package quayside.sink.thumbnail.engine;

/**
 * One encoded thumbnail. The array is not copied: the receiver owns it.
 *
 * @param spec what was asked for
 * @param width pixels
 * @param height pixels
 * @param content the encoded picture
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, from the engine to the bucket
public record Rendition(RenditionSpec spec, int width, int height, byte[] content) {}
