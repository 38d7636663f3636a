/**
 * The console's page as files: {@code GET /} and what it refers to, {@code /console/<name>}. No
 * bundler: browsers know modules, so nothing is built and no binary of a platform takes part.
 * <b>Every file but the page itself carries the hash of its content in its name</b> and is kept by
 * browsers for ever; an import map in the page says which name a module has. All of it is read,
 * compressed and put together once, when the application starts.
 *
 * <p>The page may run what is in these files, and nothing else: see {@link
 * quayside.console.page.SecurityPolicy}.
 */
@NullMarked
package quayside.console.page;

import org.jspecify.annotations.NullMarked;
