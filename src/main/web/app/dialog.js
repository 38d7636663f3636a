// The browser's own dialog: keeps the focus, closes on Esc, gives the focus back.
import {html, useLayoutEffect, useRef} from "htm/preact";
import {t} from "./i18n.js";

let last = 0;

export function Dialog({title, close, wide, children}) {
  const element = useRef(null);
  const name = useRef(`dialog-${++last}`);
  // Together with its drawing: a key pressed right after what opened it is meant for it.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  // One that is gone from the page was closed by whoever opened it.
  const closed = event => event.target.isConnected && close();
  return html`<dialog ref=${element} class=${wide ? "wide" : ""} aria-labelledby=${name.current} onClose=${closed}>
    <header><h2 id=${name.current}>${title}</h2>
      <button type="button" class="quiet" aria-label=${t("close")} onClick=${close}>✕</button></header>
    ${children}
  </dialog>`;
}
