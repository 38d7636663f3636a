// Small things that several views show.
import {html, useState} from "htm/preact";
import {thumbnailPath} from "./api.js";
import {t, textOf} from "./i18n.js";

/** How far an event can be trusted. */
export function Level({level}) {
  if (!level) return html`<span class="faint">–</span>`;
  return html`<span class=${`level ${level}`} title=${textOf("levelWhy", level) ?? ""}>${textOf("level", level) ?? level}</span>`;
}

const FIT_PIXELS = 96;

function smallest(thumbnails) {
  const enough = thumbnails.filter(one => Math.max(one.width, one.height) >= FIT_PIXELS);
  return (enough.length ? enough : thumbnails).reduce((a, b) => (b.width * b.height < a.width * a.height ? b : a));
}

function kind(object) {
  const [type = "", sub = ""] = (object.mimeType ?? "").split(/[/;+]/);
  const shown = type === "application" || type === "" ? sub : type;
  return (shown || "?").replace(/[^a-z0-9.-]/gi, "").slice(0, 5) || "?";
}

/** The object's picture, small, or its kind in a few letters. Loaded when it comes into sight. */
export function Thumbnail({object}) {
  const [failed, setFailed] = useState(null);
  const one = object.thumbnails?.length ? smallest(object.thumbnails) : null;
  const path = one && thumbnailPath(object.bucket, object.key, object.etag, one.preset);
  if (!path || failed === path) return html`<span class="thumb none" aria-hidden="true">${kind(object)}</span>`;
  return html`<img class="thumb" loading="lazy" decoding="async" alt="" width="40" height="40" src=${path}
    onError=${() => setFailed(path)} />`;
}

/** A list that has nothing to show, and why. */
export function Empty({title, children}) {
  return html`<div class="empty"><p class="empty-title">${title}</p>${children && html`<p>${children}</p>`}</div>`;
}

export function Busy() {
  return html`<p class="busy" role="status">${t("loading")}</p>`;
}

/** An input with its label above. */
export function Field({label, children, class: classes = ""}) {
  return html`<label class=${`field ${classes}`}><span>${label}</span>${children}</label>`;
}
