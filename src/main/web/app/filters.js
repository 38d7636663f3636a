// The conditions of a search: bucket, prefix, type, time and custom variables.
import {html, useState} from "htm/preact";
import {t} from "./i18n.js";
import {Field} from "./parts.js";
import {session} from "./session.js";
import {useStore} from "./store.js";

const TYPES = ["image/*", "image/jpeg", "image/png", "image/webp", "video/*", "application/pdf", "text/*"];
const MOST_VARIABLES = 8;

/** The address has UTC; the input has the reader's own time, to the minute. */
function toInput(rfc3339) {
  const time = new Date(rfc3339 ?? "");
  if (Number.isNaN(time.getTime())) return "";
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function fromInput(local) {
  const time = new Date(local);
  return local && !Number.isNaN(time.getTime()) ? time.toISOString().replace(".000Z", "Z") : "";
}

const textOfVariable = ([name, value]) => `${name.slice("var.".length)}=${value}`;

function Text({name, testid, label, value, set, list, placeholder}) {
  return html`<${Field} label=${label}>
    <input data-testid=${testid} value=${value ?? ""} list=${list} placeholder=${placeholder} spellcheck=${false}
      autocomplete="off" onInput=${e => set(name, e.target.value.trim())} /><//>`;
}

function Time({name, testid, label, value, set}) {
  return html`<${Field} label=${label}>
    <input type="datetime-local" data-testid=${testid} value=${toInput(value)} onChange=${e => set(name, fromInput(e.target.value))} /><//>`;
}

/** One input for each variable and an empty one for another; what is not `name=value` yet is kept here alone. */
function Variables({parameters, setAll}) {
  const given = [...parameters].filter(([name]) => name.startsWith("var."));
  const [drafts, setDrafts] = useState(null);
  const texts = drafts ?? [...given.map(textOfVariable), ""];
  const change = (index, text) => {
    const changed = texts.with(index, text);
    const shown = changed.at(-1) && changed.length < MOST_VARIABLES ? [...changed, ""] : changed;
    const pairs = shown.map(one => one.split(/=(.*)/s)).filter(([name, value]) => name.trim() && value);
    setDrafts(shown);
    setAll([...[...parameters].filter(([name]) => !name.startsWith("var.")), ...pairs.map(([name, value]) => [`var.${name.trim()}`, value])]);
  };
  return texts.map((text, index) => html`<${Field} key=${index} label=${t("variable")}>
    <input data-testid="filter-variable" value=${text} placeholder="x:album=harbour" spellcheck=${false} autocomplete="off"
      onInput=${e => change(index, e.target.value)} /><//>`);
}

export function Filters({parameters, set, setAll}) {
  const [cleared, setCleared] = useState(0);
  const buckets = useStore(session)?.uploads?.buckets ?? [];
  const any = [...parameters].some(([name]) => name !== "q");
  const clear = () => {
    setAll([["q", parameters.get("q")]]);
    setCleared(n => n + 1);
  };
  return html`<div class="filters" role="group" aria-label=${t("filter.title")}>
    <${Text} name="bucket" testid="filter-bucket" label=${t("bucket")} value=${parameters.get("bucket")} set=${set} list="buckets" />
    <${Text} name="prefix" testid="filter-prefix" label=${t("filter.prefix")} value=${parameters.get("prefix")} set=${set} placeholder="2026/" />
    <${Text} name="mimeType" testid="filter-type" label=${t("filter.type")} 
      value=${parameters.get("mimeType")} set=${set} list="types" placeholder="image/*" />
    <${Time} name="from" testid="filter-from" label=${t("filter.from")} value=${parameters.get("from")} set=${set} />
    <${Time} name="to" testid="filter-to" label=${t("filter.to")} value=${parameters.get("to")} set=${set} />
    <${Variables} key=${cleared} parameters=${parameters} setAll=${setAll} />
    ${any && html`<button type="button" class="small quiet filter-clear" onClick=${clear}>${t("filter.clear")}</button>`}
    <datalist id="buckets">${buckets.map(name => html`<option key=${name} value=${name} />`)}</datalist>
    <datalist id="types">${TYPES.map(type => html`<option key=${type} value=${type} />`)}</datalist>
  </div>`;
}
