/**
 * The console's page as files: {@code GET /} and what it refers to, {@code /console/<name>}. The
 * build makes one file, {@code main.js}, of the modules in {@code src/main/web/app} and the one
 * front-end library, htm with preact: a browser shows the page sooner than when it asks for fifty.
 * <b>Every file but the page itself carries the hash of its content in its name</b> and is kept by
 * browsers for ever. All of it is read, compressed and put together once, when the application
 * starts.
 *
 * <p>The page may run what is in these files, and nothing else: see {@link
 * quayside.console.page.SecurityPolicy}.
 */
@NullMarked
package quayside.console.page;

import org.jspecify.annotations.NullMarked;
