// The browser's own dialog: keeps the focus, closes on Esc, gives the focus back.
import {html, useEffect, useRef} from "htm/preact";
import {t} from "./i18n.js";

let last = 0;

export function Dialog({title, close, wide, children}) {
  const element = useRef(null);
  const name = useRef(`dialog-${++last}`);
  useEffect(() => {
    const before = document.activeElement;
    const dialog = element.current;
    dialog.showModal();
    return () => {
      if (dialog.open) dialog.close();
      before?.focus?.();
    };
  }, []);
  return html`<dialog ref=${element} class=${wide ? "wide" : ""} aria-labelledby=${name.current} onCancel=${event => {
    event.preventDefault();
    close();
  }}>
    <header><h2 id=${name.current}>${title}</h2>
      <button type="button" class="quiet" aria-label=${t("close")} onClick=${close}>✕</button></header>
    ${children}
  </dialog>`;
}
