/**
 * Sink 2: finds objects by name, type, time and custom variables.
 *
 * <p><b>Idempotence.</b> The key is (bucket, object key), for thumbnails also the ETag; the store
 * operation is an upsert that is refused unless the event's {@code sequence} is newer than the
 * version held; a replay is stale and writes nothing. Deletions stay as tombstones with their
 * version.
 *
 * <p><b>What {@code q} finds.</b> It is split at blanks; a name matches when every piece matches.
 * Case, accents and width make no difference ({@code world} finds {@code wörld}). A piece matches
 *
 * <ul>
 *   <li>as a substring of the whole key, when it has at least three characters, or no letters and
 *       digits, or
 *   <li>as words that follow one another directly, when it is shorter or has several words: names
 *       are split at punctuation, at a change of case and between letters and digits, so {@code img
 *       2041}, {@code IMG_2041} and {@code img-2041} are all found by {@code img2041}. The last
 *       word of the last piece may be the beginning of a longer one. In Chinese, Japanese and
 *       Korean every character is a word: any substring is found, exactly, from one character on.
 * </ul>
 *
 * <p>Not found: one or two letters from the middle of a Latin word; simplified for traditional
 * characters; misspellings. Nothing typed is ever syntax.
 *
 * <p><b>Engines.</b> One port, {@code SearchIndex}; PostgreSQL, which is there anyway, and
 * OpenSearch, for very many objects. Words are made here and not by the engine, so both find the
 * same, and keep one contract test. One document that an engine refuses fails alone.
 *
 * <p><b>Building anew.</b> {@code Reindex} builds a second index from the topics, or from the
 * catalog and then the topics, and swaps: PostgreSQL renames schemas, OpenSearch moves aliases. No
 * sink writes to both. The reindex itself reads the topics on after the swap, up to where they end
 * by then: an event that went into the old index at the last moment is among those.
 *
 * <p><b>Order.</b> Newest upload first, then bucket and key downwards; pages follow one another by
 * place, so what arrives meanwhile neither repeats nor hides a hit. No totals.
 */
@NullMarked
package quayside.sink.search;

import org.jspecify.annotations.NullMarked;
