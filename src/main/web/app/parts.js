// Small things that several views show.
import {html, useEffect, useState} from "htm/preact";
import {thumbnailPath} from "./api.js";
import {Hostile} from "./hostile.js";
import {t, textOf} from "./i18n.js";

/** How far an event can be trusted. */
export function Level({level}) {
  if (!level) return html`<span class="faint">–</span>`;
  return html`<span class=${`level ${level}`} title=${textOf("levelWhy", level) ?? ""}>${textOf("level", level) ?? level}</span>`;
}

const FIT_PIXELS = 96;
/** While very many arrive, no picture is asked for that nobody could see. */
const SETTLED_MILLIS = 400;
/** The catalog is usually behind the stream by far less. */
const LISTED_MILLIS = 2000;
const TRIES = 2;

function smallest(thumbnails) {
  const enough = thumbnails.filter(one => Math.max(one.width, one.height) >= FIT_PIXELS);
  return (enough.length ? enough : thumbnails).reduce((a, b) => (b.width * b.height < a.width * a.height ? b : a));
}

function kind(object) {
  const [type = "", sub = ""] = (object.mimeType ?? "").split(/[/;+]/);
  const shown = type === "application" || type === "" ? sub : type;
  return (shown || "?").replace(/[^a-z0-9.-]/gi, "").slice(0, 5) || "?";
}

/** True after a while; from the start when that is nothing. */
function useAfter(delay) {
  const [passed, setPassed] = useState(delay === 0);
  useEffect(() => {
    if (passed) return;
    const timer = setTimeout(() => setPassed(true), delay);
    return () => clearTimeout(timer);
  }, [delay, passed]);
  return passed;
}

/** A row that came by the stream may be gone in a moment; and the catalog may not list its picture yet. */
function patience({streamed, listed}) {
  if (listed === false) return LISTED_MILLIS;
  return streamed ? SETTLED_MILLIS : 0;
}

/**
 * The object's picture, small, or its kind in a few letters. Loaded when it comes into sight; a picture that is not there
 * yet is tried again.
 */
export function Thumbnail({object}) {
  const one = object.thumbnails?.length ? smallest(object.thumbnails) : null;
  const path = one && thumbnailPath(object, one);
  const [failed, setFailed] = useState({path: null, times: 0});
  const times = failed.path === path ? failed.times : 0;
  const listed = useAfter(patience(object));
  const [tried, setTried] = useState(0);
  useEffect(() => {
    if (times === 0 || times > TRIES) return;
    const timer = setTimeout(() => setTried(times), LISTED_MILLIS);
    return () => clearTimeout(timer);
  }, [path, times]);
  if (!path || !listed || (times > 0 && tried < times)) return html`<span class="thumb none" aria-hidden="true">${kind(object)}</span>`;
  return html`<img class="thumb" loading="lazy" decoding="async" alt="" width="40" height="40" src=${path}
    onError=${() => setFailed({path, times: times + 1})} />`;
}

/** A list that has nothing to show, and why. */
export function Empty({title, children}) {
  return html`<div class="empty"><p class="empty-title">${title}</p>${children && html`<p>${children}</p>`}</div>`;
}

export function Busy() {
  return html`<p class="busy" role="status">${t("loading")}</p>`;
}

/** Rows of a table of facts, `[name, text of others]`. */
export function Facts({pairs}) {
  return pairs.map(([name, text]) => html`<tr key=${name}>
    <th scope="row"><${Hostile} text=${name} /></th><td><${Hostile} text=${text} /></td></tr>`);
}

/** An input with its label above. */
export function Field({label, children, class: classes = ""}) {
  return html`<label class=${`field ${classes}`}><span>${label}</span>${children}</label>`;
}
