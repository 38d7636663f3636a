// Short messages over the page: what was done, or what went wrong and what to do. Politely told to screen readers.
import {html} from "htm/preact";
import {t, textOf} from "./i18n.js";
import {Store, useStore} from "./store.js";

const LASTING_MILLIS = 6000;
const MOST = 4;
const notices = new Store([]);
let last = 0;

/** Shows a message; an error stays until it is closed. */
export function notice(text, kind = "done") {
  const id = ++last;
  notices.set([...notices.value, {id, text, kind}].slice(-MOST));
  if (kind !== "error") setTimeout(() => dismiss(id), LASTING_MILLIS);
}

/** What a problem of the server means for the reader. */
export function problemText(problem) {
  const known = textOf("reason", problem.reason);
  if (!known) return [problem.title, problem.detail].filter(Boolean).join(": ") || problem.reason || String(problem);
  return problem.detail && problem.status !== 401 ? `${known} (${problem.detail})` : known;
}

function dismiss(id) {
  notices.set(notices.value.filter(shown => shown.id !== id));
}

export function Notices() {
  const shown = useStore(notices);
  return html`<div class="notices" role="status" aria-live="polite">
    ${shown.map(({id, text, kind}) => html`<div key=${id} class=${`notice ${kind}`} data-testid="notice">
      <p>${text}</p>
      <button class="quiet" aria-label=${t("close")} onClick=${() => dismiss(id)}>✕</button>
    </div>`)}
  </div>`;
}

/** A problem within a view, with a way to try again. */
export function ProblemBox({problem, retry}) {
  return html`<div class="problem" role="alert" data-testid="notice">
    <p>${problemText(problem)}</p>
    ${retry && html`<button onClick=${retry}>${t("again")}</button>`}
  </div>`;
}
