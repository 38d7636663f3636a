/**
 * {@code /q/reindex} on the management port: {@code POST} begins to build the search index anew,
 * {@code GET} tells how far it is, {@code DELETE} stops it. Searches and sinks go on meanwhile. The
 * catalog is read through {@code CatalogReindexSource}, for what the topics do not have any more.
 */
@NullMarked
package quayside.operate.reindex.service;

import org.jspecify.annotations.NullMarked;
