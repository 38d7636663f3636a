/**
 * {@code /q/thumbnails/regenerate} on the management port: {@code POST} begins or resumes a
 * campaign that makes the thumbnails of a changed preset, {@code GET} tells how far it is, {@code
 * DELETE} stops it.
 */
@NullMarked
package quayside.operate.thumbnails.service;

import org.jspecify.annotations.NullMarked;
